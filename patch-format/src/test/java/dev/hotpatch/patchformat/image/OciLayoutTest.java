package dev.hotpatch.patchformat.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciLayoutTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItStored() throws IOException {
        Descriptor descriptor = OciLayout.create(folder).write("x/y", CONTENT);
        assertArrayEquals(CONTENT, OciLayout.open(folder).read(descriptor, 100));
    }

    @Test
    void refusesAnAlteredBlob() throws IOException {
        OciLayout layout = OciLayout.create(folder);
        Descriptor descriptor = layout.write("x/y", CONTENT);
        Files.writeString(folder.resolve("blobs/sha256/" + descriptor.digest().hex()), "CONTENT");
        assertThrows(DigestMismatchException.class, () -> layout.read(descriptor, 100));
    }

    @Test
    void storesNothingOfAStreamThatIsNotWhatItPromises() throws IOException {
        OciLayout layout = OciLayout.create(folder);
        Descriptor descriptor = Descriptor.of("x/y", CONTENT);
        byte[] other = "contenT".getBytes(StandardCharsets.UTF_8);
        assertThrows(DigestMismatchException.class, () -> layout.write(descriptor, new ByteArrayInputStream(other)));
        assertFalse(layout.has(descriptor.digest()));
        try (var files = Files.list(folder.resolve("blobs/sha256"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void findsByTagAndElseTheOnlyEntry() throws IOException {
        OciLayout layout = OciLayout.create(folder);
        Descriptor one = layout.write("x/y", CONTENT);
        layout.enter(one, Optional.of("v1"));
        assertEquals(one.digest(), layout.find(Optional.empty()).digest());
        Descriptor two = layout.write("x/y", new byte[] {2});
        layout.enter(two, Optional.of("v2"));
        assertEquals(two.digest(), layout.find(Optional.of("v2")).digest());
        assertThrows(NoSuchFileException.class, () -> layout.find(Optional.empty()));
        assertThrows(NoSuchFileException.class, () -> layout.find(Optional.of("v3")));
    }

    @Test
    void givesATagToOneEntryOnly() throws IOException {
        OciLayout layout = OciLayout.create(folder);
        layout.enter(layout.write("x/y", CONTENT), Optional.of("v1"));
        Descriptor two = layout.write("x/y", new byte[] {2});
        layout.enter(two, Optional.of("v1"));
        assertEquals(1, layout.index().manifests().size());
        assertEquals(two.digest(), layout.find(Optional.of("v1")).digest());
    }

    @Test
    void saysWhatAFolderIsNot() {
        NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> OciLayout.open(folder));
        assertTrue(e.getMessage().contains("not an OCI image layout"));
    }
}
