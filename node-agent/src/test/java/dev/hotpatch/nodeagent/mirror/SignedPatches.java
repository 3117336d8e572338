package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.nodeagent.agent.PatchSource;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchWriter;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.trust.PatchSigner;
import dev.hotpatch.patchformat.trust.SigningKey;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Really signed patches of the sample images, in memory. */
final class SignedPatches implements PatchSource {
    final StoreInMemory store = new StoreInMemory();
    final AtomicInteger looks = new AtomicInteger();
    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private final List<PatchCandidate> listed = new CopyOnWriteArrayList<>();
    private final SampleImages images;

    SignedPatches(SampleImages images) {
        this.images = images;
    }

    Patches patches() {
        return believing(key);
    }

    /** As {@link #patches}, of somebody who trusts another key. */
    Patches distrusted() {
        return believing(SigningKey.generate(new SecureRandom()));
    }

    private Patches believing(SigningKey trusted) {
        return new Patches(this::find, repository -> store, new Verifier(List.of(trusted.publicKey()), 1));
    }

    /** Publishes a patch with that delta, signed by the trusted key. */
    PatchCandidate publish(byte[] delta) throws VerificationException {
        return publish(delta, LayerDecision.DELTA, key);
    }

    PatchCandidate publish(byte[] delta, LayerDecision decision) throws VerificationException {
        return publish(delta, decision, key);
    }

    /** One that nobody trusted has signed. */
    PatchCandidate publishWronglySigned(byte[] delta) throws VerificationException {
        return publish(delta, LayerDecision.DELTA, SigningKey.generate(new SecureRandom()));
    }

    private PatchCandidate publish(byte[] delta, LayerDecision decision, SigningKey signer)
            throws VerificationException {
        PatchPlan plan = new PatchPlan(
                        origin(images.base.digest(), Digest.of(images.baseConfig)),
                        origin(images.target.digest(), Digest.of(images.targetConfig)),
                        List.of(),
                        List.of(),
                        List.of(),
                        0)
                .withLayers(List.of(images.plan(decision)));
        Patch patch = PatchWriter.write(plan, Optional.of(images.base.descriptor()), images.contents(delta));
        for (byte[] blob : List.of(
                patch.manifest().bytes(),
                patch.config(),
                images.target.bytes(),
                images.targetConfig,
                delta,
                images.skeleton())) {
            store.put(blob);
        }
        store.signatures.put(
                patch.digest(),
                List.of(new PatchSigner(signer, "test")
                        .simpleSigning(SampleImages.REPOSITORY, patch.manifest(), Instant.EPOCH, Optional.empty())));
        PatchCandidate candidate = new PatchCandidate(SampleImages.REPOSITORY, patch.digest());
        listed.add(0, candidate);
        return candidate;
    }

    private static Origin origin(Digest manifest, Digest config) {
        return new Origin(
                Origin.Kind.IMAGE, "app:1", manifest, Optional.of(config), Optional.empty(), Optional.empty());
    }

    @Override
    public List<PatchCandidate> find(ImageName image) throws IOException {
        looks.incrementAndGet();
        if (store.gone) {
            throw new IOException("the registry does not answer");
        }
        return image.digest().equals(images.base.digest()) ? List.copyOf(listed) : List.of();
    }

    @Override
    public Pulled pull(PatchCandidate candidate) {
        throw new UnsupportedOperationException("the mirror applies nothing");
    }
}
