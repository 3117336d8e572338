package dev.hotpatch.cli;

import com.sun.net.httpserver.HttpServer;
import dev.hotpatch.nodeagent.source.Rehearsal;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * What the build runs to record the class-data archive: verbs that matter for speed, so that their classes are in it. Says nothing
 * of how they end: the archive only shortens starts. Argument: an empty folder.
 */
final class Training {
    /** Other text of the same length makes another version of this class. */
    private static final String VERSION = "training-old";

    private Training() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Path base = jar(folder.resolve("old.jar"), VERSION);
        Path target = jar(folder.resolve("new.jar"), "training-new");
        String key = folder.resolve("key").toString();
        String layout = folder.resolve("layout").toString();
        run("--help");
        run("--version");
        run("key", "generate", "--output", key);
        run("explain", base.toString(), target.toString());
        String lifted = "dev.hotpatch.differ.content.Spool";
        Path without = jar(
                folder.resolve("without.jar"), lifted, Map.of("maxBytes", "minBytes", "requireSpace", "requirePlace"));
        run(
                "explain",
                without.toString(),
                jar(folder.resolve("with.jar"), lifted, Map.of()).toString());
        run(
                "build",
                base.toString(),
                target.toString(),
                "--key",
                key + ".key",
                "--repository",
                "training.invalid/patch",
                "--output",
                layout,
                "--json");
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        registry.start();
        run("catalogue", "list", "127.0.0.1:" + registry.getAddress().getPort() + "/training/image:latest");
        run("node", "status", "--state", folder.toString());
        registry.stop(0);
        rehearse();
    }

    private static void rehearse() throws InterruptedException {
        try {
            Rehearsal.verify();
            Rehearsal.attach();
        } catch (IOException | VerificationException e) {
            // Builds do not run as root everywhere; what was loaded until here is in the archive.
        }
    }

    private static void run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var unused = Main.run(new Terminal(nowhere, nowhere, false, Map.of()), arguments);
    }

    private static Path jar(Path file, String version) throws IOException {
        return jar(file, Training.class.getName(), Map.of(VERSION, version));
    }

    /** A jar with one class in which some texts, be they constants or names of members, are others of the same length. */
    private static Path jar(Path file, String className, Map<String, String> texts) throws IOException {
        String name = className.replace('.', '/') + ".class";
        try (InputStream in = Training.class.getResourceAsStream("/" + name);
                JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            if (in == null) {
                throw new IOException("no class file " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            for (Map.Entry<String, String> each : texts.entrySet()) {
                text = text.replace(each.getKey(), each.getValue());
            }
            jar.putNextEntry(new JarEntry(name));
            jar.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return file;
    }
}
