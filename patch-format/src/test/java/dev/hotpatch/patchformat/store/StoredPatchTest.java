package dev.hotpatch.patchformat.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.LiveIndexOfPlan;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.patch.PatchContents;
import dev.hotpatch.patchformat.patch.PatchWriter;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Releases;
import dev.hotpatch.patchformat.plan.UnitPlan;
import dev.hotpatch.patchformat.trust.PatchSigner;
import dev.hotpatch.patchformat.trust.SigningKey;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredPatchTest {
    private static final String REPOSITORY = "reg.example/ns/app";
    private static final byte[] CLASS_FILE = {1, 2, 3};

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private final Verifier verifier = new Verifier(List.of(key.publicKey()), 1);

    @TempDir
    Path folder;

    private LayoutPatchStore store;
    private Patch patch;
    private Path live;

    @BeforeEach
    void storeAPatch() throws IOException {
        store = new LayoutPatchStore(OciLayout.create(folder.resolve("layout")));
        PatchPlan plan = plan(Digest.of(CLASS_FILE));
        live = folder.resolve("live.zip");
        try (OutputStream out = Files.newOutputStream(live)) {
            LiveUnitWriter.write(LiveIndexOfPlan.of(plan), digest -> CLASS_FILE, out);
        }
        patch = PatchWriter.write(
                plan,
                Optional.empty(),
                PatchContents.NONE.withLive(Descriptor.of(MediaTypes.LIVE, Files.readAllBytes(live))));
        store.store(patch, PatchContent.ofLive(live));
    }

    @Test
    void givesWhatWasStoredOnceItIsSigned() throws Exception {
        sign(REPOSITORY);
        StoredPatch read = StoredPatch.fetch(store, verifier, REPOSITORY, patch.digest());
        assertEquals(patch.plan(), read.patch().plan());
        Path target = folder.resolve("copy.zip");
        read.saveLive(store, target);
        assertArrayEquals(Files.readAllBytes(live), Files.readAllBytes(target));
    }

    @Test
    void eitherFormOfSignatureIsEnough() throws Exception {
        store.store(patch.digest(), signer().bundle(REPOSITORY, patch.manifest()));
        StoredPatch.fetch(store, verifier, REPOSITORY, patch.digest());
    }

    @Test
    void refusesAnUnsignedPatch() {
        assertEquals(Reason.NO_SIGNATURE, refusal());
    }

    @Test
    void refusesASignatureForAnotherRepository() throws Exception {
        sign("reg.example/ns/other");
        assertEquals(Reason.WRONG_REPOSITORY, refusal());
    }

    @Test
    void refusesAnAlteredLiveUnitAndLeavesNothingBehind() throws Exception {
        sign(REPOSITORY);
        StoredPatch read = StoredPatch.fetch(store, verifier, REPOSITORY, patch.digest());
        Path blob = folder.resolve(
                "layout/blobs/sha256/" + patch.live().orElseThrow().digest().hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
        Path target = folder.resolve("copy.zip");
        assertThrows(DigestMismatchException.class, () -> read.saveLive(store, target));
        assertFalse(Files.exists(target));
        assertFalse(Files.exists(folder.resolve("copy.zip.partial")));
    }

    @Test
    void refusesALiveUnitThatDoesMoreThanThePlanSays() throws Exception {
        PatchPlan other = plan(Digest.of(new byte[] {9}));
        Patch mixed = PatchWriter.write(
                other,
                Optional.empty(),
                PatchContents.NONE.withLive(Descriptor.of(MediaTypes.LIVE, Files.readAllBytes(live))));
        store.store(mixed, PatchContent.ofLive(live));
        store.store(mixed.digest(), signer().bundle(REPOSITORY, mixed.manifest()));
        StoredPatch read = StoredPatch.fetch(store, verifier, REPOSITORY, mixed.digest());
        assertThrows(IOException.class, () -> read.saveLive(store, folder.resolve("copy.zip")));
    }

    private void sign(String repository) throws Exception {
        store.store(
                patch.digest(),
                signer().simpleSigning(
                                repository, patch.manifest(), Instant.EPOCH, store.simpleSigning(patch.digest())));
    }

    private PatchSigner signer() {
        return new PatchSigner(key, "test");
    }

    private Reason refusal() {
        return assertThrows(
                        VerificationException.class,
                        () -> StoredPatch.fetch(store, verifier, REPOSITORY, patch.digest()))
                .reason();
    }

    private static PatchPlan plan(Digest newDigest) {
        ClassChange change = new ClassChange(
                "p/A",
                Releases.ALL,
                Decision.REDEFINE,
                Optional.of(Digest.of(new byte[] {7})),
                Optional.of(newDigest),
                List.of(),
                List.of());
        return new PatchPlan(
                Origin.library("a-1.jar", Digest.of(new byte[] {1})),
                Origin.library("a-2.jar", Digest.of(new byte[] {2})),
                List.of(new UnitPlan(0, "a-1.jar", "a-2.jar", List.of(change))),
                List.of(),
                List.of(),
                0);
    }
}
