package dev.hotpatch.systemtests.cve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A jar that is made of others. Not for several threads. */
final class JarEdit {
    private final Map<String, byte[]> entries = new TreeMap<>();

    /** Takes those files of a jar that are wanted, in place of what is there under their names. */
    JarEdit take(Path jar, Predicate<String> wanted) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && wanted.test(entry.getName())) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return this;
    }

    /** Takes a class of ours. */
    JarEdit take(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no class file " + path);
            }
            entries.put(path, in.readAllBytes());
        }
        return this;
    }

    Path write(Path to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return Files.write(to, bytes.toByteArray());
    }
}
