package dev.hotpatch.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The two versions of the measured class, in a jar each. */
final class LiftSources {
    static final String NAME = "bench.Lifted";

    private static final String OLD = """
            package bench;
            public class Lifted implements dev.hotpatch.benchmarks.Subject {
                static final int LIMIT = 1;
                private int kept = 3;
                public int addedStatic(int x) { return x; }
                public int addedPrivate(int x) { return x; }
                public int addedVirtual(int x) { return x; }
                public int constantObject(int x) { return x; }
                public int inlinedConstant(int x) { return x + LIMIT; }
                public int addedField(int x) { return x + kept; }
            }
            """;
    private static final String NEW = """
            package bench;
            public class Lifted implements dev.hotpatch.benchmarks.Subject {
                static final int LIMIT = 2;
                private static final int[] TABLE = {3, 1, 4, 1};
                private int kept = 3;
                private int factor = 7;
                public int addedStatic(int x) { return twice(x); }
                public int addedPrivate(int x) { return more(x); }
                public int addedVirtual(int x) { return most(x); }
                public int constantObject(int x) { return TABLE[x & 3]; }
                public int inlinedConstant(int x) { return x + LIMIT; }
                public int addedField(int x) { return x + factor; }
                private static int twice(int x) { return x * 2; }
                private int more(int x) { return x + kept; }
                int most(int x) { return x - kept; }
            }
            """;

    private LiftSources() {}

    static Path oldJar(Path directory) throws IOException {
        return jar(OLD, directory, "old");
    }

    static Path newJar(Path directory) throws IOException {
        return jar(NEW, directory, "new");
    }

    private static Path jar(String source, Path directory, String version) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(version));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Lifted.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        if (!ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(file))
                .call()) {
            throw new IOException("the " + version + " version of " + NAME + " does not compile");
        }
        // Both have one name in their folders: a jar is paired with the jar at its place.
        Path jar = classes.resolve("lifted.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("bench/Lifted.class"));
            entries.write(Files.readAllBytes(classes.resolve("bench/Lifted.class")));
            entries.closeEntry();
        }
        return jar;
    }
}
