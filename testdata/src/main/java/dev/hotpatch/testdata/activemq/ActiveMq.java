package dev.hotpatch.testdata.activemq;

import dev.hotpatch.testdata.activemq.programs.Reached;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Distribution;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.program.ProgramJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One version of the ActiveMQ broker, unpacked, with our programs to run it, to attack it and to use it. Versions up to 5.16.6 are
 * open to CVE-2023-46604, 5.16.7 is not.
 */
public final class ActiveMq {
    private static final String PROGRAMS = "dev.hotpatch.testdata.activemq.programs.";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String version;
    private final Distribution distribution;
    private final Path programs;

    private ActiveMq(String version, Distribution distribution, Path programs) {
        this.version = version;
        this.distribution = distribution;
        this.programs = programs;
    }

    /**
     * Fetches a version, or finds it in the cache.
     *
     * @param scratch where the jar with our programs is written
     */
    public static ActiveMq fetch(String version, MavenArtifacts artifacts, CacheFolder cache, Path scratch)
            throws IOException, InterruptedException {
        Path archive = artifacts.fetch(MavenArtifact.activeMq(version));
        Distribution distribution = Distribution.unpack(archive, cache, ActiveMq::wanted);
        return new ActiveMq(
                version,
                distribution,
                ProgramJar.writeTo(scratch.resolve("programs.jar"), Reached.class.getPackageName()));
    }

    private static boolean wanted(String path) {
        return path.matches("lib/[^/]+\\.jar|lib/optional/(slf4j-)?reload4j-[^/]+\\.jar|conf/.*|LICENSE|NOTICE");
    }

    public String version() {
        return version;
    }

    /** The broker's own jars: those that change from version to version. */
    public List<Path> brokerJars() throws IOException {
        return jars().filter(this::isOwn).toList();
    }

    /** The jars of others, equal in neighbouring versions. */
    public List<Path> libraryJars() throws IOException {
        return jars().filter(jar -> !isOwn(jar)).toList();
    }

    /** The jar with our programs. */
    public Path programJar() {
        return programs;
    }

    /** The folder of the broker's configuration files. */
    public Path configuration() {
        return distribution.root().resolve("conf");
    }

    private Stream<Path> jars() throws IOException {
        return Stream.concat(distribution.jars("lib").stream(), distribution.jars("lib/optional").stream());
    }

    private boolean isOwn(Path jar) {
        return jar.getFileName().toString().endsWith("-" + version + ".jar");
    }

    /** The class path that the programs need, with the platform's separator. */
    public String classPath() throws IOException {
        return Stream.concat(Stream.of(programs), jars())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The name of the program that runs a broker, for an image's entry point. */
    public static String brokerProgram() {
        return PROGRAMS + "BrokerMain";
    }

    /** Starts a broker as a plain JVM of this machine and waits until it serves. */
    public RunningBroker startBroker(Path java, List<String> jvmOptions, Map<String, String> environment, Path data)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(List.of("-cp", classPath()));
        Files.createDirectories(data);
        RunningProcess jvm = start(java, options, "BrokerMain", List.of("0", "0", data.toString()), environment);
        try {
            return RunningBroker.awaitReady(jvm, PATIENCE);
        } catch (IOException e) {
            jvm.close();
            throw e;
        }
    }

    /** Attacks the broker on a port of loopback. */
    public Exploit attack(Path java, int port) throws IOException, InterruptedException {
        try (RunningProcess jvm =
                start(java, List.of("-cp", programs.toString()), "ExploitMain", List.of("" + port), Map.of())) {
            int code = jvm.exitCode(PATIENCE);
            return Exploit.of(code, String.join("\n", jvm.output()));
        }
    }

    /** Starts the client that keeps one connection to the broker on a port of loopback. */
    public SteadyClient startClient(Path java, int port, String queue, int messagesPerSecond)
            throws IOException, InterruptedException {
        RunningProcess jvm = start(
                java,
                List.of("-cp", classPath()),
                "SteadyClientMain",
                List.of("" + port, queue, "" + messagesPerSecond),
                Map.of());
        try {
            jvm.await("CONNECTED", 0, PATIENCE);
        } catch (IOException e) {
            jvm.close();
            throw e;
        }
        return new SteadyClient(jvm);
    }

    private static RunningProcess start(
            Path java, List<String> options, String program, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.add(PROGRAMS + program);
        command.addAll(arguments);
        return RunningProcess.start(command, environment);
    }

    /** The {@code java} that runs this very code. */
    public static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
