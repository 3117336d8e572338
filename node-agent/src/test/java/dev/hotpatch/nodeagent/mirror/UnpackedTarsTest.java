package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.restore.MissingBaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackedTarsTest {
    private final StoreInMemory store = new StoreInMemory();
    private final ImagesOfNode node = new ImagesOfNode();
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path scratch;

    private SampleImages images;
    private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        images = new SampleImages();
        images.pullBase(scratch);
        folder = images.unpackBase(scratch);
        // As a runtime says that has another view of the disk.
        node.folders.put(Digest.of(images.baseTar), Path.of("/elsewhere").resolve(scratch.relativize(folder)));
        store.put(images.skeleton());
    }

    private byte[] tar(TargetImage target) throws IOException {
        UnpackedTars tars = new UnpackedTars(
                new ContentStore(scratch),
                node,
                scratch,
                repository -> store,
                target,
                new MirrorLog(new Metrics(), said::add));
        try (InputStream in = tars.open(Digest.of(images.baseTar)).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private byte[] tar() throws IOException {
        return tar(images.described(images.delta()));
    }

    private String missing() {
        return String.valueOf(
                assertThrows(MissingBaseException.class, this::tar).getMessage());
    }

    private Path file() {
        return folder.resolve(SampleImages.FILE);
    }

    @Test
    void theTarIsPutTogetherOfTheUnpackedFiles() throws IOException {
        assertArrayEquals(images.baseTar, tar());
        assertTrue(said.toString().contains(folder.toString()), said.toString());
    }

    @Test
    void aFileThatWasChangedIsNotUsed() throws IOException {
        byte[] changed = Files.readAllBytes(file());
        changed[17] ^= 1;
        Files.write(file(), changed);
        assertThrows(DigestMismatchException.class, this::tar);
    }

    @Test
    void aFileOfAnotherSizeIsNotRead() throws IOException {
        Files.write(file(), Arrays.copyOf(images.baseTar, 5));
        assertTrue(missing().contains("is not the file of"), missing());
        Files.delete(file());
        assertTrue(missing().contains("ENOENT"), missing());
    }

    @Test
    void noLinkIsFollowedEvenToTheRightContent() throws IOException {
        Path other = scratch.resolve("other");
        Files.move(file(), other);
        Files.createSymbolicLink(file(), other);
        assertTrue(missing().contains("is not the file of"), missing());
        Files.delete(file());
        Files.move(other, file());
        Path parent = file().getParent();
        Path moved = folder.resolve("moved");
        Files.move(parent, moved);
        Files.createSymbolicLink(parent, moved.getFileName());
        assertTrue(missing().contains("ELOOP"), missing());
    }

    @Test
    void onlyFoldersOfSnapshotsAreRead() {
        node.folders.put(Digest.of(images.baseTar), Path.of("/etc"));
        assertTrue(missing().contains("no folder of a snapshot"), missing());
        node.folders.clear();
        assertTrue(missing().contains("is not unpacked here"), missing());
    }

    @Test
    void aSkeletonThatIsNotToBeHadIsNamed() {
        store.gone = true;
        assertTrue(missing().contains("skeleton"), missing());
    }
}
