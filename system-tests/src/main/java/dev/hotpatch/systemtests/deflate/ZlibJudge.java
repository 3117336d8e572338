package dev.hotpatch.systemtests.deflate;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/** The JDK's {@link Deflater}: zlib of the JDK's own or of the machine, which says its name and version in its code. */
final class ZlibJudge implements Judge {
    private static final Pattern VERSION = Pattern.compile("deflate (\\d[\\w.-]*) Copyright");

    private final String name;

    ZlibJudge(Path javaHome) throws IOException {
        this.name = "zlib " + version(javaHome);
    }

    /** The version in libzip.so or, if that has no zlib, in the libz.so that this process uses. */
    private static String version(Path javaHome) throws IOException {
        String own = versionIn(javaHome.resolve("lib/libzip.so"));
        if (!own.isEmpty()) {
            return own + " of the JDK";
        }
        new Deflater().end();
        try (java.util.stream.Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            Path library = Path.of(maps.filter(line -> line.contains("/libz.so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "neither libzip.so below " + javaHome + " nor a libz.so in this process has zlib")));
            return versionIn(library) + " of " + library;
        }
    }

    private static String versionIn(Path library) throws IOException {
        Matcher matcher = VERSION.matcher(new String(Files.readAllBytes(library), StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream deflate(byte[] content, DeflateParameters parameters) {
        Deflater deflater = new Deflater(parameters.level(), true);
        try {
            long start = System.nanoTime();
            deflater.setStrategy(parameters.strategy().number());
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 1000);
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return new Stream(out.toByteArray(), System.nanoTime() - start);
        } finally {
            deflater.end();
        }
    }

    @Override
    public void close() {
        // Nothing is kept between streams.
    }
}
