package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Time and memory of the delta of one layer of more than a gigabyte: JDKs that stay, and servers of which the target has another version. */
final class LargeBenchmark {
    private static final int HEAP = 768;
    private static final List<String> JDKS = List.of("8", "11", "21", "25");

    private final Releases releases;
    private final Path command;

    LargeBenchmark(Releases releases, Path command) {
        this.releases = releases;
        this.command = command;
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        Image base = image("base", temporary, "5.16.6", "9.0.62", "3.4.1");
        Image target = image("target", temporary, "5.16.7", "9.0.63", "3.4.2");
        Path patch = temporary.resolve("patch");
        Path restored = temporary.resolve("restored");
        Path log = temporary.resolve("large.log");
        Table table = new Table(
                out,
                String.format(
                        Locale.ROOT,
                        "A layer of %,d MB, %,d MB compressed, heap of %d MB, one run",
                        target.files / 1_000_000,
                        Files.size(target.archive) / 1_000_000,
                        HEAP),
                List.of("command", "time, ms (min – max)", "peak resident memory, MB", "output, KB"));
        Path key = temporary.resolve("ci");
        new Shell(log).run(List.of(command.toString(), "key", "generate", "--output", key.toString()), Map.of(), 0);
        // Without the trial, which needs a JVM of its own and nothing of the delta.
        List<String> build = arguments(
                "build",
                "--no-check",
                "oci-archive:" + base.archive,
                "oci-archive:" + target.archive,
                "-o",
                patch,
                "--key",
                key + ".key");
        row(table, "build", Footprint.of(build, HEAP, 1, log), patch);
        // Ends with an error if what comes out is not the target, digest by digest.
        List<String> restore = arguments(
                "restore",
                "oci:" + patch,
                "--base",
                "oci-archive:" + base.archive,
                "-o",
                restored,
                "--key",
                key + ".pub");
        row(table, "restore", Footprint.of(restore, HEAP, 1, log), restored);
    }

    private List<String> arguments(Object... arguments) {
        return Stream.concat(
                        Stream.of(command, arguments[0], "--repository", "example.org/large"),
                        Stream.of(arguments).skip(1))
                .map(Object::toString)
                .toList();
    }

    private static void row(Table table, String verb, Footprint footprint, Path output) throws IOException {
        table.row(List.of(
                verb,
                footprint.time().spread(),
                footprint.megabytes(),
                String.format(Locale.ROOT, "%,d", size(output) / 1000)));
    }

    /** @param files their bytes, before they are packed */
    private record Image(Path archive, long files) {}

    private Image image(String name, Path temporary, String activeMq, String tomcat, String zipkin)
            throws IOException, InterruptedException {
        Map<String, Path> files = new TreeMap<>();
        for (String jdk : JDKS) {
            Path root = releases.cache().folder("jdks").resolve(jdk);
            if (!Files.isDirectory(root)) {
                throw new IOException("no JDK " + jdk + " in the cache; system-tests/bin/prepare jdks fetches it");
            }
            add(files, "/jdks/" + jdk, root);
        }
        add(files, "/activemq", releases.unpacked(MavenArtifact.activeMq(activeMq), temporary));
        add(files, "/tomcat", releases.unpacked(MavenArtifact.tomcat(tomcat), temporary));
        files.put("/zipkin/zipkin.jar", releases.zipkin(zipkin));
        long bytes = 0;
        for (Path file : files.values()) {
            bytes += Files.size(file);
        }
        Path archive = temporary.resolve(name + ".tar");
        JibImage.ofFiles(List.of(files), releases.cache()).writeOciArchive(archive, "example.org/large:" + name);
        return new Image(archive, bytes);
    }

    private static void add(Map<String, Path> files, String prefix, Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .forEach(file -> files.put(prefix + "/" + root.relativize(file), file));
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
