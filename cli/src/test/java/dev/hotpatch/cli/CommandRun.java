package dev.hotpatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.patchformat.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** The command, run in this JVM, as its user sees it. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of());
        int code = Main.run(terminal, arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    JsonObject json() throws IOException {
        return JsonObject.parse(out.getBytes(StandardCharsets.UTF_8), "stdout");
    }

    /** Compiles classes, one a source, into a new jar that is the same for the same sources; its path. */
    static String jar(Path jar, String... sources) throws IOException {
        Path classes = Files.createDirectory(jar.resolveSibling(jar.getFileName() + ".classes"));
        Path texts = Files.createDirectory(jar.resolveSibling(jar.getFileName() + ".src"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
        for (String source : sources) {
            String type = source.replaceAll("(?s).*?class (\\w+).*", "$1");
            arguments.add(
                    Files.writeString(texts.resolve(type + ".java"), source).toString());
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(classes.relativize(file).toString());
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(Files.readAllBytes(file));
            }
        }
        return jar.toString();
    }
}
