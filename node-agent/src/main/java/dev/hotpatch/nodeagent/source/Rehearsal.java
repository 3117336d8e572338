package dev.hotpatch.nodeagent.source;

import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.nodeagent.attach.AttachClient;
import dev.hotpatch.nodeagent.attach.AttachSession;
import dev.hotpatch.nodeagent.attach.AttachTimeouts;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
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
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.trust.PatchSigner;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import dev.hotpatch.patchformat.trust.SigningKey;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes once through what a patch needs, with a patch and a key of its own that nothing else ever sees. Most of the time that the first
 * patch of a young agent takes is the loading of classes; this takes it before there is a patch. What does not work here, such
 * as a missing privilege, would not work then.
 */
public final class Rehearsal {
    private static final String REPOSITORY = "rehearsal.invalid/patch";
    private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    private Rehearsal() {}

    /** Makes, signs and verifies a patch in memory. */
    public static void verify() throws IOException, VerificationException {
        ClassChange change = new ClassChange(
                "rehearsal/Change",
                Releases.ALL,
                Decision.REDEFINE,
                Optional.of(Digest.of(OLD)),
                Optional.of(Digest.of(NEW)),
                List.of(),
                List.of());
        PatchPlan plan = new PatchPlan(
                Origin.library("old", Digest.of(OLD)),
                Origin.library("new", Digest.of(NEW)),
                List.of(new UnitPlan(0, "old", "new", List.of(change))),
                List.of(),
                List.of(),
                0);
        ByteArrayOutputStream live = new ByteArrayOutputStream();
        LiveUnitWriter.write(LiveIndexOfPlan.of(plan), digest -> NEW, live);
        Patch patch = PatchWriter.write(
                plan,
                Optional.empty(),
                PatchContents.NONE.withLive(Descriptor.of(MediaTypes.LIVE, live.toByteArray())));
        Manifest manifest = patch.manifest();
        SigningKey key = SigningKey.generate(new SecureRandom());
        PatchSigner signer = new PatchSigner(key, "rehearsal");
        InMemory store = new InMemory(
                manifest,
                List.of(
                        signer.simpleSigning(REPOSITORY, manifest, Instant.EPOCH, Optional.empty()),
                        signer.bundle(REPOSITORY, manifest)),
                Map.of(manifest.config().digest(), patch.config(), Digest.of(live.toByteArray()), live.toByteArray()));
        var unused = RegistryPatchSource.verify(
                store,
                new Verifier(List.of(key.publicKey()), 1),
                new PatchCandidate(REPOSITORY, manifest.digest()),
                manifest.bytes());
    }

    /**
     * Reaches this very JVM as others are reached, puts a file into its /tmp and removes it, and asks for its properties. Its attach
     * listener, which only root and this process's user can reach, stays open.
     *
     * @throws IOException if that does not work; it is the same that would be in the way with other JVMs, or this JVM's own options
     */
    public static void attach() throws IOException, InterruptedException {
        // No process has this number: so the one that looks is looked at as well.
        ProcFs proc = new ProcFs(Path.of("/proc"), -1);
        Inspection self = proc.inspect(Math.toIntExact(ProcessHandle.current().pid()));
        if (!(self instanceof Inspection.Attachable attachable)) {
            throw new IOException("this JVM cannot be attached to: " + self);
        }
        try (AttachSession session = new AttachClient(proc, AttachTimeouts.DEFAULT).attach(attachable.process())) {
            String path = session.stage(NEW, "rehearsal", ".txt");
            try {
                var unused = session.properties();
            } finally {
                session.unstage(path);
            }
        }
    }

    private record InMemory(Manifest manifest, List<SignatureArtifact> signatures, Map<Digest, byte[]> blobs)
            implements PatchStore {
        @Override
        public String name() {
            return REPOSITORY;
        }

        @Override
        public byte[] manifest(Digest digest) {
            return manifest.bytes();
        }

        @Override
        public List<SignatureArtifact> signatures(Digest patch) {
            return signatures;
        }

        @Override
        public InputStream open(Descriptor descriptor) throws IOException {
            byte[] bytes = blobs.get(descriptor.digest());
            if (bytes == null) {
                throw new IOException("no blob " + descriptor.digest());
            }
            return new ByteArrayInputStream(bytes);
        }
    }
}
