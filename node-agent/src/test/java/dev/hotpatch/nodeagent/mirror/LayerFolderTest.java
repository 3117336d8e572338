package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Digest ONE = Digest.of(new byte[] {1});
    private static final Digest TWO = Digest.of(new byte[] {2});

    @TempDir
    Path scratch;

    private LayerFolder open() throws IOException {
        return LayerFolder.open(scratch.resolve("layers"), 1000, Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static void write(LayerFolder folder, Digest layer, int size, Duration age) throws IOException {
        Path file = folder.write(layer, target -> Files.write(target, new byte[size]));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @Test
    void aLayerThatFailsHalfWayIsNeverSeen() throws Exception {
        LayerFolder folder = open();
        assertThrows(
                IOException.class,
                () -> folder.write(ONE, target -> {
                    Files.write(target, new byte[10]);
                    throw new IOException("wrong digest");
                }));
        assertEquals(Optional.empty(), folder.find(ONE));
        try (Stream<Path> files = Files.list(folder.scratch())) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void whatAnEarlierProcessLeftUnfinishedIsRemovedAndWholeLayersStay() throws Exception {
        write(open(), ONE, 10, Duration.ZERO);
        Path left = Files.createFile(open().scratch().resolve(TWO.hex() + "123.partial"));
        Path scratchFile = Files.createFile(open().scratch().resolve("hotpatch1.delta"));
        LayerFolder again = open();
        assertFalse(Files.exists(left));
        assertFalse(Files.exists(scratchFile));
        assertTrue(again.find(ONE).isPresent());
    }

    @Test
    void oldLayersGoWhenAnotherIsWritten() throws Exception {
        LayerFolder folder = open();
        write(folder, ONE, 10, Duration.ofMinutes(61));
        write(folder, TWO, 10, Duration.ofMinutes(59));
        folder.makeRoom(10);
        assertEquals(Optional.empty(), folder.find(ONE));
        assertTrue(folder.find(TWO).isPresent());
    }

    @Test
    void theOldestGoesFirstWhereThereIsNoRoom() throws Exception {
        LayerFolder folder = open();
        write(folder, TWO, 500, Duration.ofMinutes(1));
        write(folder, ONE, 500, Duration.ofMinutes(2));
        folder.makeRoom(500);
        assertEquals(Optional.empty(), folder.find(ONE));
        assertTrue(folder.find(TWO).isPresent());
        FallbackException e = assertThrows(FallbackException.class, () -> folder.makeRoom(1001));
        assertEquals(Fallback.NO_SPACE, e.reason());
    }
}
