package dev.hotpatch.differ.skeleton;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.skeleton.TarSkeleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerSkeletonTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");
    private final Map<String, String> asked = new TreeMap<>();

    LayerSkeletonTest() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setAddPaxHeadersForNonAsciiNames(true);
    }

    private void add(String name, String content) throws IOException {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    private void link(String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }

    /** Makes the skeleton, and the tar again from it and these files. */
    private byte[] roundTrip(Map<String, String> files) throws IOException {
        out.close();
        Path file = folder.resolve("skeleton");
        assertTrue(LayerSkeleton.write(layer(bytes.toByteArray()), file));
        try (TarSkeleton tar = TarSkeleton.open(Files.newInputStream(file), (path, size) -> {
            String content = files.getOrDefault(path, "");
            asked.put(path, content);
            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        })) {
            assertEquals(bytes.size(), tar.size());
            return tar.readAllBytes();
        }
    }

    private static Layer layer(byte[] tar) {
        return new Layer() {
            @Override
            public Descriptor descriptor() {
                return Descriptor.of("", tar);
            }

            @Override
            public Digest diffId() {
                return Digest.of(tar);
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(tar);
            }
        };
    }

    @Test
    void contentsOfFilesComeFromWhereTheyWereUnpacked() throws IOException {
        String deep = "d/".repeat(80) + "long";
        add("app/", "");
        add("app/a.jar", "jar");
        add("./app/b", "more");
        add("app/empty", "");
        add(deep, "deep");
        add("app/ü", "umlaut");
        link("app/hard", TarConstants.LF_LINK, "app/a.jar");
        link("app/soft", TarConstants.LF_SYMLINK, "a.jar");
        Map<String, String> files = Map.of("app/a.jar", "jar", "app/b", "more", deep, "deep", "app/ü", "umlaut");
        assertArrayEquals(roundTrip(files), bytes.toByteArray());
        assertEquals(new TreeMap<>(files), asked);
    }

    @Test
    void whatDoesNotLieUnderItsNameIsInTheSkeleton() throws IOException {
        add("twice", "first");
        add("twice", "second");
        link("lib", TarConstants.LF_SYMLINK, "usr/lib");
        add("lib/x", "through a link");
        add("gone/x", "taken away again");
        add(".wh.gone", "");
        add("odd/.wh.y", "not empty");
        add("kept", "kept");
        Map<String, String> files = Map.of("twice", "second", "kept", "kept");
        assertArrayEquals(roundTrip(files), bytes.toByteArray());
        assertEquals(new TreeMap<>(files), asked);
    }

    @Test
    void aLayerOfWhichMostWouldBeInItHasNone() throws IOException {
        byte[] large = new byte[40 << 20];
        new Random(1).nextBytes(large);
        add("lib/x", large);
        link("lib", TarConstants.LF_SYMLINK, "usr/lib");
        out.close();
        assertFalse(LayerSkeleton.write(layer(bytes.toByteArray()), folder.resolve("none")));
        assertFalse(Files.exists(folder.resolve("none")));
    }
}
