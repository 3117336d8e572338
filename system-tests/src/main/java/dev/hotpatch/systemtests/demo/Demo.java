package dev.hotpatch.systemtests.demo;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.Exploit;
import dev.hotpatch.testdata.activemq.Figures;
import dev.hotpatch.testdata.activemq.RunningBroker;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.activemq.SteadyClient;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Folders;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import dev.hotpatch.testdata.image.UnpackedImage;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows the whole way once: attack, build, sign, push, apply, refuse, roll back, while a client stays connected. Argument: the
 * {@code hotpatch} command. Everything runs on loopback, and is removed at the end.
 */
final class Demo {
    private static final Path JAVA = ActiveMq.ownJava();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES_PER_SECOND = 500;

    private final CacheFolder cache = CacheFolder.fromEnvironment(System.getenv());
    private final Script script = new Script(System.out);
    private final HotpatchCommand hotpatch;
    private final Path folder;

    private Demo(HotpatchCommand hotpatch, Path folder) {
        this.hotpatch = hotpatch;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path command =
                Path.of(args.length == 1 ? args[0] : "cli/target/hotpatch").toAbsolutePath();
        if (!Files.isExecutable(command)) {
            System.err.println("demo: no command at " + command + "; run \"mvn -DskipTests package\" first");
            System.exit(2);
        }
        System.exit(inOwnFolder(command));
    }

    private static int inOwnFolder(Path command) throws IOException, InterruptedException, JsonException {
        Path folder = Files.createTempDirectory("hotpatch-demo");
        try {
            new Demo(new HotpatchCommand(command, folder, Map.of()), folder).run();
            return 0;
        } catch (IOException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        } finally {
            Folders.delete(folder);
        }
    }

    private void run() throws IOException, InterruptedException, JsonException {
        script.step(
                "Fetch ActiveMQ 5.16.6 and 5.16.7 and build their images with Jib, into a registry in this process");
        MavenArtifacts artifacts = MavenArtifacts.fromEnvironment(System.getenv());
        ActiveMq oldVersion = ActiveMq.fetch("5.16.6", artifacts, cache, folder);
        ActiveMq newVersion = ActiveMq.fetch("5.16.7", artifacts, cache, folder);
        BaseImage base = BaseImage.prepare(cache);
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String repository = registry.host() + "/shop/broker";
            JibImage oldImage = JibImage.ofActiveMq(oldVersion, base, cache);
            BuiltImage from = oldImage.push(repository + ":5.16.6");
            BuiltImage to = JibImage.ofActiveMq(newVersion, base, cache).push(repository + ":5.16.7");
            script.say("from " + from.byDigest() + "\nto   " + to.byDigest());
            Path archive = folder.resolve("old.tar");
            BuiltImage unpacked = oldImage.writeOciArchive(archive, repository + ":5.16.6");
            Path root = UnpackedImage.unpack(archive, unpacked, folder.resolve("root"));

            script.step("Run the old image's broker, and a client that sends and receives " + MESSAGES_PER_SECOND
                    + " messages a second over one connection");
            try (RunningBroker broker = HostBroker.start(root, from, folder.resolve("data"));
                    SteadyClient client =
                            oldVersion.startClient(JAVA, broker.ports().clients(), "numbers", MESSAGES_PER_SECOND)) {
                client.awaitReceived(2 * MESSAGES_PER_SECOND);
                script.say("broker: process " + broker.jvm().pid());
                attack(oldVersion, broker, true);
                patchAndRollBack(oldVersion, broker, client, repository, from, to);
            }
        }
        script.printFigures();
    }

    private void patchAndRollBack(
            ActiveMq tools,
            RunningBroker broker,
            SteadyClient client,
            String repository,
            BuiltImage from,
            BuiltImage to)
            throws IOException, InterruptedException, JsonException {
        script.step("Make a key, build the patch, sign it, push it");
        hotpatch.run(0, "key", "generate", "--output", "ci");
        try (RunningProcess agent = hotpatch.start(
                "node",
                "run",
                "--key",
                hotpatch.path("ci.pub"),
                "--state",
                hotpatch.path("state"),
                "--cri",
                "none",
                "--interval",
                "1",
                "--metrics-port",
                "0")) {
            // An agent that is just starting would compete with the build for the processor, and the figures would be
            // of both.
            agent.await("node-agent ready", 0, PATIENCE);
            HotpatchCommand.Outcome built = hotpatch.run(
                    0, "build", from.byDigest(), to.byDigest(), "--key", "ci.key", "--push", repository, "--json");
            long pushed = System.nanoTime();
            reportBuild(built);

            script.step("The agent finds the patch in the registry, verifies it and applies it");
            client.endPhase("before");
            awaitStatus("OBSERVED");
            Duration applied = Duration.ofNanos(System.nanoTime() - pushed);
            script.figure("pushed to applied (the agent looks every second)", millis(applied));
            script.figure("  of which the agent's work on the JVM", workOnTheJvm(agent));
            attack(tools, broker, false);
            Figures during = client.endPhase("apply");
            script.figure(
                    "longest pause of the client while patching",
                    during.values().get("pauseMillis") + " ms");
            script.check(during.number("drops") == 0, "the client kept its connection");
            script.check(agent.isAlive(), "the agent goes on watching");

            script.step("Roll back");
            HotpatchCommand.Outcome back = hotpatch.run(7, "node", "rollback", "--state", hotpatch.path("state"));
            script.figure("roll-back", millis(back.time()));
            attack(tools, broker, true);
        }
        Figures totals = client.stop();
        script.check(totals.number("lost") == 0, "no message was lost: " + totals);
        script.check(
                totals.number("duplicated") == 0 && totals.number("drops") == 0,
                "none came twice, nothing reconnected");
        script.figure(
                "messages sent / received",
                totals.values().get("sent") + " / " + totals.values().get("received"));
        script.figure(
                "message time p50 / p99 / max",
                totals.values().get("p50Micros") + " / " + totals.values().get("p99Micros") + " / "
                        + totals.values().get("maxMicros") + " µs");
    }

    private void reportBuild(HotpatchCommand.Outcome built) throws IOException, JsonException {
        JsonObject report = built.json();
        JsonObject size = report.object("size");
        long live = size.number("live", 0, Long.MAX_VALUE);
        long layers = size.number("changedLayers", 0, Long.MAX_VALUE);
        String verdict = report.string("verdict", 32);
        script.check(verdict.startsWith("live"), "verdict: " + verdict);
        script.figure("patch", String.format(Locale.ROOT, "%,d bytes", live));
        script.figure("changed layers", String.format(Locale.ROOT, "%,d bytes", layers));
        script.figure("build, sign and push", millis(built.time()));
    }

    private void attack(ActiveMq tools, RunningBroker broker, boolean expected)
            throws IOException, InterruptedException {
        int before = broker.jvm().lineCount();
        Exploit exploit = tools.attack(JAVA, broker.ports().traced());
        script.say(exploit.text());
        script.check(
                exploit.succeeded() == expected,
                expected ? "the attack works: the broker created the attacker's object" : "the attack is refused");
        if (!expected) {
            script.say(broker.jvm().await("is not assignable to Throwable", before, PATIENCE));
        }
    }

    private void awaitStatus(String state) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            last = hotpatch.run(0, "node", "status", "--state", hotpatch.path("state"), "--json")
                    .output();
            if (last.contains(state)) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new IOException("no patch is " + state + " after " + PATIENCE + "; the agent's status: " + last);
    }

    /** What the agent's log says of the time from taking up the patch until the hook had applied it. */
    private static String workOnTheJvm(RunningProcess agent) throws IOException, InterruptedException {
        String line = agent.await(": APPLIED ", 0, PATIENCE);
        return line.substring(line.lastIndexOf('(') + 1, line.lastIndexOf(')'));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%,d ms", time.toMillis());
    }
}
