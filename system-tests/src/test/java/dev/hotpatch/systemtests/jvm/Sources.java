package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.systemtests.jvm.child.Answer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Small programs, compiled for Java 8 into jars. */
public final class Sources {
    /** The main class of {@link #greeter}. */
    public static final String GREETER = "Greeter";

    private Sources() {}

    /** A program that answers to every line with its greeting. */
    public static Path greeter(Path folder, String greeting) throws IOException {
        String source = """
                public final class Greeter {
                    static String greeting() { return "%s"; }
                    public static void main(String[] args) {
                        java.util.Scanner in = new java.util.Scanner(System.in);
                        while (in.hasNextLine()) {
                            in.nextLine();
                            System.out.println("%s" + greeting());
                        }
                    }
                }
                """.formatted(greeting, Answer.PREFIX);
        return jar(folder, greeting, List.of(), GREETER, source);
    }

    /** Compiles one top-level class into a jar of its own. */
    public static Path jar(Path folder, String title, List<Path> classPath, String name, String source)
            throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("--release", "8", "-Xlint:-options", "-proc:none", "-cp", path);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            if (!compiler.getTask(null, files, null, options, null, List.of(file))
                    .call()) {
                throw new IOException("the program does not compile");
            }
        }
        Path jar = folder.resolve(title + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path compiled : compiled(classes)) {
                zip.putNextEntry(new ZipEntry(compiled.getFileName().toString()));
                zip.write(Files.readAllBytes(compiled));
            }
        }
        return jar;
    }

    private static List<Path> compiled(Path classes) throws IOException {
        try (Stream<Path> files = Files.list(classes)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }
}
