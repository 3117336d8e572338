package dev.hotpatch.systemtests.differential;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.systemtests.jvm.AttachedHook;
import dev.hotpatch.systemtests.jvm.ChildJvm;
import dev.hotpatch.systemtests.jvm.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A JVM with a jar under test, its tests and JUnit on the class path. For one thread; whoever starts it closes it. */
final class SuiteJvm implements AutoCloseable {
    private static final String PROGRAM = "dev.hotpatch.systemtests.differential.child.SuiteMain";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What libraries for mocks reach into. */
    private static final List<String> OPENED = List.of(
            "java.io",
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.math",
            "java.net",
            "java.nio",
            "java.security",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.regex",
            "jdk.internal.ref",
            "sun.nio.ch");

    private final ChildJvm jvm;
    private final Path folder;
    private int commands;

    private SuiteJvm(ChildJvm jvm, Path folder) {
        this.jvm = jvm;
        this.folder = folder;
    }

    /**
     * Starts it.
     *
     * @param folder where it runs; tests find their resources there as in a checkout
     */
    static SuiteJvm start(Jdk jdk, Path folder, List<Path> classPath) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Djdk.attach.allowAttachSelf=true",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"))));
        for (String name : OPENED) {
            options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        if (jdk.feature() < 24) {
            options.add("-Djava.security.manager=allow");
        }
        List<Path> whole = new ArrayList<>(classPath);
        whole.add(ChildJvm.programs());
        return new SuiteJvm(ChildJvm.start(jdk, folder, options, whole, List.of(PROGRAM)), folder);
    }

    /**
     * Loads classes, which must come from the jar.
     *
     * @throws IOException if none does, or one comes from elsewhere: what is tested then is not what is meant
     */
    void load(Iterable<String> names, Path jar) throws IOException, InterruptedException {
        Path asked = Files.write(folder.resolve("tmp/classes"), names);
        Path result = folder.resolve("tmp/loaded");
        String answer = jvm.ask("load\t" + asked + "\t" + result + "\t" + jar, PATIENCE);
        List<String> lines = answer.startsWith("done ") ? Files.readAllLines(result) : List.of("elsewhere\t" + answer);
        if (lines.stream().anyMatch(line -> line.startsWith("elsewhere\t"))
                || lines.stream().noneMatch(line -> line.startsWith("ok\t"))) {
            throw new IOException("the classes under test do not come from " + jar + ": "
                    + lines.stream().filter(line -> !line.startsWith("ok\t")).findFirst());
        }
    }

    void apply(Path liveUnit) throws IOException, InterruptedException {
        try (AttachedHook hook = jvm.hook()) {
            check("apply", hook.apply(liveUnit));
        }
    }

    void rollBack() throws IOException, InterruptedException {
        try (AttachedHook hook = jvm.hook()) {
            check("rollback", hook.rollback());
        }
    }

    private static void check(String what, HookState state) throws IOException {
        if (state.phase() != HookState.Phase.DONE || !state.code().equals("ok")) {
            throw new IOException(what + " was refused by the JVM: " + state.code() + ": " + state.message());
        }
        boolean wrong = state.active().isEmpty() == what.equals("apply");
        if (wrong || state.skipped() > 0 || state.loaded() == 0) {
            throw new IOException(what + " had no effect in the JVM: " + state);
        }
    }

    /**
     * Runs one test class.
     *
     * @return by test id; with a {@link Outcome#BROKEN_OFF} if it did not end in time, or the JVM ended, after which this JVM is of no use
     */
    Map<String, Outcome> run(String testClass, Duration limit) throws IOException, InterruptedException {
        Path result = folder.resolve("tmp/result" + ++commands);
        Map<String, Outcome> outcomes = new TreeMap<>();
        String trouble = "";
        try {
            String answer = jvm.ask("run\t" + testClass + "\t" + result, limit);
            trouble = answer.startsWith("done ") ? "" : answer;
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("process \\d+", "the JVM");
        }
        if (Files.exists(result)) {
            for (String line : Files.readString(result).lines().toList()) {
                String[] fields = line.split("\t", 3);
                if (fields.length == 3) {
                    add(outcomes, stable(fields[1]), new Outcome(testClass, fields[0], fields[2]));
                }
            }
        }
        if (!trouble.isEmpty()) {
            add(outcomes, "[class:" + testClass + "]", new Outcome(testClass, Outcome.BROKEN_OFF, trouble));
        }
        return outcomes;
    }

    /** Parameters without a text of their own are named by their address. */
    private static String stable(String id) {
        return id.replaceAll("@[0-9a-f]{4,16}\\b", "@…");
    }

    private static void add(Map<String, Outcome> outcomes, String id, Outcome outcome) {
        String name = id;
        for (int n = 2; outcomes.containsKey(name); n++) {
            name = id + "#" + n;
        }
        outcomes.put(name, outcome);
    }

    @Override
    public void close() {
        jvm.close();
    }
}
