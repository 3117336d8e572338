package dev.hotpatch.systemtests.patching;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The smallest service: an executable jar that goes on printing a price, which one method knows. Same input, same bytes. */
final class PriceJar {
    static final String MAIN = "shop.Main";

    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final String PROGRAM = "package shop; public final class Main { "
            + "public static void main(String[] args) throws InterruptedException { "
            + "while (true) { System.out.println(\"price \" + Price.euros()); Thread.sleep(50); } } }";

    private PriceJar() {}

    /**
     * Compiles and packs it.
     *
     * @param file where to, in a folder of its own
     * @param edition a word in the class that knows the price, so that neither images nor patches of two editions are the same
     */
    static Path write(Path file, int price, String edition) throws IOException {
        Path classes = Files.createDirectories(file.resolveSibling(file.getFileName() + ".classes"));
        String knowing = "package shop; final class Price { static final String EDITION = \"" + edition
                + "\"; static int euros() { return " + price + "; } }";
        compile(classes, List.of(new Source("Price", knowing), new Source("Main", PROGRAM)));
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                ("Manifest-Version: 1.0\nMain-Class: " + MAIN + "\n").getBytes(StandardCharsets.UTF_8));
        entries.put("shop/Main.class", Files.readAllBytes(classes.resolve("shop/Main.class")));
        entries.put("shop/Price.class", Files.readAllBytes(classes.resolve("shop/Price.class")));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTimeLocal(TIME);
                jar.putNextEntry(header);
                new ByteArrayInputStream(entry.getValue()).transferTo(jar);
            }
        }
        return file;
    }

    private static void compile(Path classes, List<Source> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean compiled = compiler.getTask(
                        said, null, null, List.of("--release", "17", "-d", classes.toString()), null, sources)
                .call();
        if (!compiled) {
            throw new IOException("the price service does not compile: " + said);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///shop/" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
