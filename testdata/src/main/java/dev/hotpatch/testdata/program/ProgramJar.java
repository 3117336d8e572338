package dev.hotpatch.testdata.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One package of this module as a jar of its own, to go onto other class paths. Same classes, same bytes. */
public final class ProgramJar {
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private ProgramJar() {}

    /**
     * Writes the jar and returns its path.
     *
     * @param packageName whose classes and resources go in, those of packages below it not
     */
    public static Path writeTo(Path file, String packageName) throws IOException {
        String prefix = packageName.replace('.', '/');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : content(prefix).entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
        return Files.write(file, bytes.toByteArray());
    }

    private static Map<String, byte[]> content(String prefix) throws IOException {
        // Classes and resources lie in one place in a jar, and as well in Maven's target/classes.
        Path source = source();
        if (Files.isDirectory(source)) {
            return read(source, prefix);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + source.toUri()), Map.of())) {
            return read(jar.getPath("/"), prefix);
        }
    }

    private static Path source() throws IOException {
        try {
            return Path.of(ProgramJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the place of the program classes is no path", e);
        }
    }

    private static Map<String, byte[]> read(Path root, String prefix) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(root.resolve(prefix))) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> found.put(prefix + "/" + file.getFileName(), bytes(file)));
        }
        return found;
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
