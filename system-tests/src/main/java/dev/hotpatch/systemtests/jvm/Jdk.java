package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java run-time on this machine in which children are started.
 *
 * @param feature its release of Java: 8, 11, 17, …
 * @param home where it is
 * @param launcher the first words of a command line that starts it
 */
public record Jdk(int feature, Path home, List<String> launcher) {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final String LIBRARIES = "lib/x86_64-linux-gnu";

    public Jdk {
        launcher = List.copyOf(launcher);
    }

    /** The one that runs this program. */
    public static Jdk running() {
        Path home = Path.of(System.getProperty("java.home"));
        return new Jdk(
                Runtime.version().feature(),
                home,
                List.of(home.resolve("bin/java").toString()));
    }

    /**
     * The one in a folder.
     *
     * @throws IOException if the folder holds no Java run-time
     */
    public static Jdk at(Path home) throws IOException {
        Path java = Stream.of("jre/bin/java", "bin/java")
                .map(home::resolve)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(home + " is not the home of a Java run-time: it has no bin/java"));
        int feature =
                feature(home).orElseThrow(() -> new IOException("the release of Java in " + home + " cannot be told"));
        return new Jdk(feature, home, launcher(home.toAbsolutePath(), java.toAbsolutePath()));
    }

    /**
     * One of a release: the running one, one that is installed, or one that {@code system-tests/bin/prepare jdks} has fetched.
     *
     * @return empty if this machine has none
     */
    public static Optional<Jdk> find(int feature, CacheFolder cache) throws IOException {
        if (Runtime.version().feature() == feature) {
            return Optional.of(running());
        }
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> installed = Files.list(INSTALLED)) {
                installed.sorted().forEach(homes::add);
            }
        }
        homes.add(cache.root().resolve("jdks/" + feature + "/usr/lib/jvm/java-" + feature + "-openjdk-amd64"));
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/java")) && feature(home).equals(Optional.of(feature))) {
                return Optional.of(at(home));
            }
        }
        return Optional.empty();
    }

    /** A command line that starts it. */
    public List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(words);
        return command;
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private static Optional<Integer> feature(Path home) throws IOException {
        for (Path release : List.of(home.resolve("release"), home.resolve("jre/release"))) {
            if (Files.isRegularFile(release)) {
                Matcher version = VERSION.matcher(Files.readString(release));
                return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
            }
        }
        // Debian's Java 8 says nothing; later ones have no such file.
        return Files.exists(home.resolve("jre/lib/rt.jar")) ? Optional.of(8) : Optional.empty();
    }

    /**
     * A run-time in a root file system of its own needs that system's C library. Its loader must lie beside the launcher: the launcher
     * finds its home by the executable of the process, which is then the loader.
     */
    private static List<String> launcher(Path home, Path java) throws IOException {
        Path jvms = home.getParent();
        if (jvms == null || jvms.equals(INSTALLED) || !jvms.endsWith("usr/lib/jvm")) {
            return List.of(java.toString());
        }
        Path root = jvms.resolve("../../..").normalize();
        Path library = root.resolve(LIBRARIES);
        Path loader = library.resolve("ld-linux-x86-64.so.2");
        if (!Files.exists(loader)) {
            return List.of(java.toString());
        }
        Path beside = java.resolveSibling(".hotpatch-ld.so");
        if (!Files.exists(beside)) {
            Path partial = Files.createTempFile(java.getParent(), ".hotpatch-ld", ".partial");
            Files.copy(loader, partial, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(partial, beside, StandardCopyOption.ATOMIC_MOVE);
        }
        return List.of(
                beside.toString(), "--library-path", library + ":" + root.resolve("usr/" + LIBRARIES), java.toString());
    }
}
