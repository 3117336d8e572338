package dev.hotpatch.nodeagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CandidateLookupTest {
    private static final ImageName IMAGE = new ImageName("reg.example/app", new Digest("a".repeat(64)));
    private static final ImageName OTHER = new ImageName("reg.example/other", new Digest("b".repeat(64)));
    private static final PatchCandidate OF_IMAGE = new PatchCandidate("reg.example/app", new Digest("c".repeat(64)));
    private static final PatchCandidate LIBRARY = new PatchCandidate("reg.example/lib", new Digest("d".repeat(64)));

    /** Knows a patch of one image, and a library patch; can be out of reach for images. */
    private record Registry(boolean reachable) implements PatchSource {
        @Override
        public List<PatchCandidate> find(ImageName image) throws IOException {
            if (!reachable) {
                throw new IOException("no answer");
            }
            return image.equals(IMAGE) ? List.of(OF_IMAGE) : List.of();
        }

        @Override
        public List<PatchCandidate> forAnyImage() {
            return List.of(LIBRARY);
        }

        @Override
        public Pulled pull(PatchCandidate candidate) throws IOException {
            throw new IOException("nothing is pulled here");
        }
    }

    @Test
    void prefersThePatchOfTheImageToALibraryPatch() {
        CandidateLookup lookup = new CandidateLookup(new Registry(true));
        assertEquals(List.of(OF_IMAGE), lookup.about(running(IMAGE)));
        assertEquals(List.of(LIBRARY), lookup.about(running(OTHER)));
        assertEquals(List.of(LIBRARY), lookup.about(running()));
        assertEquals(Set.of(OF_IMAGE.digest(), LIBRARY.digest()), lookup.found());
        assertTrue(lookup.trouble().isEmpty());
    }

    @Test
    void letsNoLibraryPatchTakeThePlaceOfOneThatCannotBeLookedUp() {
        CandidateLookup lookup = new CandidateLookup(new Registry(false));
        assertEquals(List.of(), lookup.about(running(IMAGE)));
        assertTrue(lookup.trouble().orElse("").contains("no answer"));
    }

    private static Target running(ImageName... images) {
        return new Target(
                new JvmKey("01234567", 10, 1010, "host"), new Inspection.NotJvm(), List.of(images), "process 10");
    }
}
