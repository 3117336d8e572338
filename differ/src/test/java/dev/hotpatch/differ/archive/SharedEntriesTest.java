package dev.hotpatch.differ.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.fixture.Archives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedEntriesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void givesTheSecondArchiveWhatTheFirstOneHasRead() throws IOException {
        try (Spool spool = Spool.in(folder, 1 << 20)) {
            FileStore store = new FileStore(spool, Limits.DEFAULT);
            ArchiveReader reader = new ArchiveReader(store);
            SharedEntries shared = new SharedEntries();
            NavigableMap<String, StoredFile> old = read(reader, store, shared.forwards(), "same", "before");
            NavigableMap<String, StoredFile> now = read(reader, store, shared.backwards(), "same", "after!");
            assertSame(old.get("a/kept.txt"), now.get("a/kept.txt"));
            assertNotEquals(old.get("b.txt").digest(), now.get("b.txt").digest());
            assertEquals(
                    read(new ArchiveReader(store), store, SharedEntries.none(), "same", "after!"),
                    now,
                    "read alone it is the same");
        }
    }

    private static NavigableMap<String, StoredFile> read(
            ArchiveReader reader, FileStore store, SharedEntries.View shared, String kept, String other)
            throws IOException {
        byte[] jar = Archives.jar(Map.of("a/kept.txt", Archives.text(kept), "b.txt", Archives.text(other)));
        return reader.read(store.store("x.jar", new ByteArrayInputStream(jar)), "x.jar", shared)
                .orElseThrow();
    }
}
