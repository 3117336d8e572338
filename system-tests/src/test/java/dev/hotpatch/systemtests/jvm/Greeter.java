package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.systemtests.jvm.child.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A program of two releases, each in a jar: to every line it answers with its greeting. Compiled for Java 8. */
final class Greeter {
    static final String MAIN = "Greeter";

    private Greeter() {}

    static Path jar(Path folder, String greeting) throws IOException {
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
        return jar(folder, greeting, MAIN, source);
    }

    /** Compiles one class into a jar of its own. */
    static Path jar(Path folder, String title, String name, String source) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            List<String> options = List.of("--release", "8", "-Xlint:-options");
            if (!compiler.getTask(null, files, null, options, null, List.of(file))
                    .call()) {
                throw new IOException("the program does not compile");
            }
        }
        Path jar = folder.resolve(title + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path compiled : Files.list(classes).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(compiled.getFileName().toString()));
                zip.write(Files.readAllBytes(compiled));
            }
        }
        return jar;
    }
}
