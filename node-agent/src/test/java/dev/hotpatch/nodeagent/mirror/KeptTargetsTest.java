package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptTargetsTest {
    @TempDir
    Path folder;

    private SampleImages images;
    private SignedPatches patches;
    private KeptTargets kept;

    @BeforeEach
    void open() throws IOException {
        images = new SampleImages();
        patches = new SignedPatches(images);
        kept = KeptTargets.open(folder);
    }

    /** Keeps a patch that differs from others. */
    private PatchCandidate keep(int number) throws Exception {
        PatchCandidate candidate = patches.publish(Arrays.copyOf(images.delta(), images.delta().length + number));
        SignaturesSeen store = new SignaturesSeen(patches.store);
        kept.keep(candidate.repository(), patches.patches().verified(candidate, store), store.seen());
        return candidate;
    }

    @Test
    void whatIsKeptIsVerifiedFromTheDiskAlone() throws Exception {
        PatchCandidate candidate = keep(0);
        patches.store.gone = true;
        KeptTargets later = KeptTargets.open(folder);
        assertEquals(List.of(candidate), later.candidates());
        assertEquals(
                candidate.digest(),
                patches.patches()
                        .verified(candidate, later.store(candidate.digest()))
                        .digest());
    }

    @Test
    void keepsDocumentsOfKeptPatchesOnly() throws Exception {
        PatchCandidate candidate = keep(0);
        Descriptor config = Descriptor.of(MediaTypes.TARGET_CONFIG, images.targetConfig);
        assertEquals(Optional.empty(), kept.document(candidate.digest(), config));
        kept.keep(candidate.digest(), images.targetConfig);
        assertArrayEquals(
                images.targetConfig, kept.document(candidate.digest(), config).orElseThrow());
        kept.forget(candidate.digest());
        kept.keep(candidate.digest(), images.targetConfig);
        assertEquals(Optional.empty(), kept.document(candidate.digest(), config));
        assertEquals(List.of(), kept.candidates());
    }

    @Test
    void ofVeryManyTheUsedOnesStay() throws Exception {
        PatchCandidate used = keep(0);
        kept.keep(used.digest(), images.targetConfig);
        for (int i = 1; i <= KeptTargets.MAX_KEPT + 3; i++) {
            keep(i);
        }
        assertEquals(KeptTargets.MAX_KEPT, kept.candidates().size());
        assertTrue(kept.candidates().contains(used));
    }

    @Test
    void whatWasLeftUnfinishedIsRemoved() throws Exception {
        Path unfinished = Files.createDirectories(folder.resolve("0".repeat(64) + ".partial/blobs"));
        assertEquals(List.of(), KeptTargets.open(folder).candidates());
        assertFalse(Files.exists(unfinished));
    }
}
