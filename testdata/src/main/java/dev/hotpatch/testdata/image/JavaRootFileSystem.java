package dev.hotpatch.testdata.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the smallest root file system in which Java programs run: a jlinked run-time, the native libraries it is linked to, a user. */
final class JavaRootFileSystem {
    static final String JAVA_HOME = "/opt/java";
    static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.desktop",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.management.rmi",
            "java.naming",
            "java.net.http",
            "java.rmi",
            "java.scripting",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.transaction.xa",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.management",
            "jdk.management.agent",
            "jdk.unsupported",
            "jdk.zipfs");

    private final Path javaHome;

    /** @param javaHome a JDK that has {@code bin/jlink} */
    JavaRootFileSystem(Path javaHome) {
        this.javaHome = javaHome;
    }

    /** Fills a folder that is empty. */
    void writeTo(Path root) throws IOException, InterruptedException {
        Path runtime = root.resolve(JAVA_HOME.substring(1));
        Files.createDirectories(runtime.getParent());
        Path jlink = javaHome.resolve("bin/jlink");
        if (!Files.isExecutable(jlink)) {
            throw new IOException("no jlink in " + javaHome + "; a base image can only be made with a whole JDK");
        }
        Command.run(List.of(
                jlink.toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--no-header-files",
                "--no-man-pages",
                "--strip-java-debug-attributes",
                "--output",
                runtime.toString()));
        for (String library : linkedLibraries(runtime)) {
            Path copy = root.resolve(library.substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(library).toRealPath(), copy);
        }
        write(root, "etc/passwd", "root:x:0:0:root:/root:/bin/false\napp:x:1000:1000:app:/tmp:/bin/false\n");
        write(root, "etc/group", "root:x:0:\napp:x:1000:\n");
        write(root, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        Files.createDirectories(root.resolve("tmp"));
    }

    private static void write(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Absolute paths of all shared libraries that the run-time's own files need, and of the program loader. */
    private static Set<String> linkedLibraries(Path runtime) throws IOException, InterruptedException {
        List<String> ldd =
                new ArrayList<>(List.of("ldd", runtime.resolve("bin/java").toString()));
        try (Stream<Path> files = Files.walk(runtime.resolve("lib"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".so")).forEach(ldd::add);
        }
        Set<String> libraries = new TreeSet<>();
        for (String line : Command.run(ldd)) {
            // "libz.so.1 => /lib/…/libz.so.1 (0x…)", or the loader: "/lib64/ld-linux-x86-64.so.2 (0x…)"
            String path = line.strip().replaceFirst("^.* => ", "").replaceFirst(" \\(0x.*", "");
            if (path.startsWith("/") && !path.endsWith(":") && !path.startsWith(runtime.toString())) {
                libraries.add(path);
            }
        }
        return libraries;
    }
}
