package dev.hotpatch.systemtests.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Makes a folder look like the checkout in which tests were written. */
final class WorkFolder {
    private WorkFolder() {}

    /** Writes what the jar has, other than classes, to where sources and builds have it. */
    static void fill(Path folder, Path testJar) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src/test/resources"));
        Path built = Files.createDirectories(folder.resolve("target/test-classes"));
        try (ZipFile zip = new ZipFile(testJar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!entry.isDirectory() && !name.endsWith(".class")) {
                    copy(zip, entry, inside(sources, name));
                    copy(zip, entry, inside(built, name));
                }
            }
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the jar of tests has an entry that leads out of it: " + name);
        }
        return file;
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
        }
    }
}
