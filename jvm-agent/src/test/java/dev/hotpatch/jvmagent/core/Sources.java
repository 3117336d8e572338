package dev.hotpatch.jvmagent.core;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small programs for Java 8; a class file is known by its internal name. */
final class Sources {
    private Sources() {}

    /** Compiles sources, given by internal name, and returns all class files that come of it. */
    static Map<String, byte[]> compile(Path scratch, Map<String, String> sources) throws IOException {
        return compile(scratch, "8", sources);
    }

    /** The same for another release of Java. */
    static Map<String, byte[]> compile(Path scratch, String release, Map<String, String> sources) throws IOException {
        Path out = Files.createTempDirectory(scratch, "classes");
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                }));
        List<String> options = List.of("--release", release, "-Xlint:-options", "-proc:none", "-d", out.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            if (!compiler.getTask(null, files, null, options, null, units).call()) {
                throw new IllegalArgumentException("does not compile: " + sources);
            }
        }
        return read(out);
    }

    static Map<String, byte[]> read(Path directory) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = directory.relativize(file).toString();
                classes.put(name.substring(0, name.length() - 6), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    static Path write(Path directory, Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> e : classes.entrySet()) {
            Path file = directory.resolve(e.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, e.getValue());
        }
        return Files.createDirectories(directory);
    }
}
