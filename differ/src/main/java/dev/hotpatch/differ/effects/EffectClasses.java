package dev.hotpatch.differ.effects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Class files that a user has compiled, from a jar or a folder. */
final class EffectClasses {
    private static final String SUFFIX = ".class";
    private static final int MAX_CLASS = 1 << 20;
    private static final int MAX_CLASSES = 1_000;

    private EffectClasses() {}

    /** By internal name. */
    static SortedMap<String, byte[]> read(Path source) throws IOException {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        if (Files.isDirectory(source)) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(source)) {
                files = found.filter(file -> file.toString().endsWith(SUFFIX))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                String path = source.relativize(file).toString().replace('\\', '/');
                if (Files.size(file) > MAX_CLASS) {
                    throw tooLarge(source, path);
                }
                put(classes, source, path, Files.readAllBytes(file));
            }
        } else {
            try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(source))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().endsWith(SUFFIX)) {
                        byte[] bytes = zip.readNBytes(MAX_CLASS + 1);
                        if (bytes.length > MAX_CLASS) {
                            throw tooLarge(source, entry.getName());
                        }
                        put(classes, source, entry.getName(), bytes);
                    }
                }
            }
        }
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("--effects " + source + ": no class files in it");
        }
        return classes;
    }

    private static void put(SortedMap<String, byte[]> classes, Path source, String path, byte[] bytes) {
        if (classes.size() == MAX_CLASSES) {
            throw new IllegalArgumentException("--effects " + source + ": more than " + MAX_CLASSES + " classes");
        }
        classes.put(path.substring(0, path.length() - SUFFIX.length()), bytes);
    }

    private static IllegalArgumentException tooLarge(Path source, String path) {
        return new IllegalArgumentException(
                "--effects " + source + ": " + path + " has more than " + MAX_CLASS + " bytes");
    }
}
