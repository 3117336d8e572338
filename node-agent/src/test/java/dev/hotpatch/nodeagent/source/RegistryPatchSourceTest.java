package dev.hotpatch.nodeagent.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.agent.LivePatch;
import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.patch.LiveIndexOfPlan;
import dev.hotpatch.patchformat.patch.Patch;
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
import dev.hotpatch.registryclient.patch.RegistryPatchStore;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.registry.BlobSource;
import dev.hotpatch.registryclient.registry.Registry;
import dev.hotpatch.registryclient.registry.RegistryOptions;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegistryPatchSourceTest {
    private final SigningKey key = SigningKey.generate(new SecureRandom());

    private InProcessRegistry server;
    private Registry registry;
    private Repository repository;
    private RegistryPatchStore store;
    private RegistryPatchSource source;
    private Manifest image;

    @BeforeEach
    void pushAnImage() throws IOException {
        server = InProcessRegistry.start();
        registry = Registry.open(new RegistryOptions());
        repository = Repository.parse(server.host() + "/ns/app");
        store = new RegistryPatchStore(registry, repository);
        source = new RegistryPatchSource(
                registry, new Verifier(List.of(key.publicKey()), 1), Platform.parse("linux/amd64"), List.of());
        byte[] config = {'{', '}'};
        Descriptor descriptor = Descriptor.of(MediaTypes.OCI_CONFIG, config);
        registry.pushBlob(repository, descriptor, BlobSource.of(config), Optional.empty());
        image = Manifest.create(Optional.empty(), descriptor, List.of(), Optional.empty(), Map.of());
        registry.pushManifest(repository, image.bytes(), Optional.of("1"));
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void findsVerifiesAndGivesTheLiveUnit() throws Exception {
        Patch patch = push("new", true);
        List<PatchCandidate> found = source.find(name());
        assertEquals(List.of(candidate(patch)), found);
        LivePatch live = source.pull(found.get(0)).verify();
        assertEquals(patch.digest(), live.digest());
    }

    @Test
    void anUnsignedPatchDoesNotHideASignedOne() throws Exception {
        Patch signed = push("one", true);
        Patch unsigned = push("two", false);
        assertEquals(List.of(candidate(signed), candidate(unsigned)), source.find(name()));
    }

    @Test
    void refusesAnUnsignedPatch() throws Exception {
        Patch patch = push("new", false);
        VerificationException e = assertThrows(
                VerificationException.class, () -> source.pull(candidate(patch)).verify());
        assertEquals(Reason.NO_SIGNATURE, e.reason());
    }

    @Test
    void patchesOfAnotherImageAreNotFound() throws Exception {
        push("new", true);
        Manifest other = Manifest.create(
                Optional.empty(), image.config(), List.of(), Optional.empty(), Map.of("another", "image"));
        registry.pushManifest(repository, other.bytes(), Optional.of("2"));
        assertEquals(List.of(), source.find(new ImageName(repository.toString(), other.digest())));
    }

    @Test
    void aRegistryThatIsGoneIsAnErrorAndNotAnEmptyList() throws IOException {
        server.close();
        try (Registry impatient = Registry.open(new RegistryOptions().deadline(Duration.ofMillis(500)))) {
            RegistryPatchSource hasty = new RegistryPatchSource(
                    impatient, new Verifier(List.of(key.publicKey()), 1), Platform.parse("linux/amd64"), List.of());
            assertThrows(IOException.class, () -> hasty.find(name()));
        }
    }

    private Patch push(String text, boolean sign) throws Exception {
        byte[] classFile = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ClassChange change = new ClassChange(
                "p/A",
                Releases.ALL,
                Decision.REDEFINE,
                Optional.of(Digest.of(new byte[] {1})),
                Optional.of(Digest.of(classFile)),
                List.of(),
                List.of());
        Origin base = new Origin(
                Origin.Kind.IMAGE, "app:1", image.digest(), Optional.empty(), Optional.empty(), Optional.empty());
        PatchPlan plan = new PatchPlan(
                base,
                Origin.library("new", Digest.of(classFile)),
                List.of(new UnitPlan(0, "/a.jar", "/a.jar", List.of(change))),
                List.of(),
                List.of(),
                0);
        ByteArrayOutputStream live = new ByteArrayOutputStream();
        LiveUnitWriter.write(LiveIndexOfPlan.of(plan), digest -> classFile, live);
        Patch patch = PatchWriter.write(
                plan,
                Optional.of(image.descriptor()),
                PatchContents.NONE.withLive(Descriptor.of(MediaTypes.LIVE, live.toByteArray())));
        if (sign) {
            PatchSigner signer = new PatchSigner(key, "test");
            store.push(
                    patch.digest(),
                    signer.simpleSigning(repository.toString(), patch.manifest(), Instant.EPOCH, Optional.empty()));
        }
        store.push(patch, descriptor -> new ByteArrayInputStream(live.toByteArray()));
        return patch;
    }

    private PatchCandidate candidate(Patch patch) {
        return new PatchCandidate(repository.toString(), patch.digest());
    }

    private ImageName name() {
        return new ImageName(repository.toString(), image.digest());
    }
}
