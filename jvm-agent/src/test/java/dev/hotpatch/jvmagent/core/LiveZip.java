package dev.hotpatch.jvmagent.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes live.zip as section 2 of the patch format says, and on demand otherwise. */
final class LiveZip {
    private final List<String> units = new ArrayList<>();
    private final TreeSet<String> redefines = new TreeSet<>();
    private final TreeSet<String> keeps = new TreeSet<>();
    private final TreeSet<String> news = new TreeSet<>();
    private final TreeSet<String> effects = new TreeSet<>();
    /** Entries by name, for tests to spoil. */
    final TreeMap<String, byte[]> entries = new TreeMap<>();

    LiveZip unit(String path) {
        units.add("unit\t" + units.size() + "\t" + path);
        return this;
    }

    LiveZip redefine(String name, byte[] before, byte[] after, String units) {
        redefines.add(String.join("\t", "redefine", name, sha256(before), add(after), units));
        return this;
    }

    LiveZip keep(String name, byte[] bytes) {
        keeps.add(String.join("\t", "keep", name, sha256(bytes)));
        return this;
    }

    LiveZip add(String name, byte[] bytes, String units) {
        news.add(String.join("\t", "new", name, add(bytes), units));
        return this;
    }

    /** A class that some releases of Java get. */
    LiveZip add(String name, byte[] bytes, String units, String releases) {
        news.add(String.join("\t", "new", name, add(bytes), units, releases));
        return this;
    }

    /** A class that becomes another one on some releases of Java. */
    LiveZip redefine(String name, byte[] before, byte[] after, String units, String releases) {
        redefines.add(String.join("\t", "redefine", name, sha256(before), add(after), units, releases));
        return this;
    }

    LiveZip effect(String kind, String name, String method, String units) {
        effects.add(String.join("\t", "effect", kind, name, method, units));
        return this;
    }

    /** The patch between two sets of classes, all in one unit. */
    static LiveZip between(Map<String, byte[]> before, Map<String, byte[]> after) {
        LiveZip zip = new LiveZip().unit("/app/lib.jar");
        after.forEach((name, bytes) -> {
            byte[] old = before.get(name);
            if (old == null) {
                zip.add(name, bytes, "0");
            } else if (!java.util.Arrays.equals(old, bytes)) {
                zip.redefine(name, old, bytes, "0");
            }
        });
        return zip;
    }

    private String add(byte[] bytes) {
        entries.put("classes/" + sha256(bytes) + ".class", bytes);
        return sha256(bytes);
    }

    String identity() {
        return sha256(body().getBytes(StandardCharsets.UTF_8));
    }

    private String body() {
        List<String> lines = new ArrayList<>(units);
        lines.addAll(redefines);
        lines.addAll(keeps);
        lines.addAll(news);
        lines.addAll(effects);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    byte[] bytes() {
        return bytes("hotpatch/index");
    }

    byte[] bytes(String firstEntry) {
        return zip(firstEntry, "hotpatch-live\t1\npatch\t" + identity() + "\n" + body(), entries);
    }

    /** A zip with an index as given. */
    static byte[] zip(String index, Map<String, byte[]> entries) {
        return zip("hotpatch/index", index, entries);
    }

    private static byte[] zip(String firstEntry, String index, Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(out, firstEntry, index.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                put(out, e.getKey(), e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
