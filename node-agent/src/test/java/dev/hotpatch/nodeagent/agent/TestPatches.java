package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.target.ChildJvm;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.PatchSigner;
import dev.hotpatch.patchformat.trust.SigningKey;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Really signed patches of the child JVM's greeting, served from memory. */
final class TestPatches implements PatchSource {
    static final ImageName IMAGE = new ImageName("reg.example/app", new Digest("b".repeat(64)));

    final Map<Digest, Pulled> patches = new LinkedHashMap<>();
    final List<PatchCandidate> listed = new ArrayList<>();
    final AtomicInteger pulls = new AtomicInteger();
    private final SigningKey key = SigningKey.generate(new SecureRandom());
    boolean unreachable;
    /** Whether what is listed is for every JVM instead of for the image. */
    boolean ofLibrary;

    @Override
    public List<PatchCandidate> find(ImageName image) throws IOException {
        if (unreachable) {
            throw new IOException("registry does not answer");
        }
        return image.equals(IMAGE) && !ofLibrary ? List.copyOf(listed) : List.of();
    }

    @Override
    public List<PatchCandidate> forAnyImage() {
        return ofLibrary ? List.copyOf(listed) : List.of();
    }

    @Override
    public Pulled pull(PatchCandidate candidate) throws IOException {
        pulls.incrementAndGet();
        Pulled pulled = patches.get(candidate.digest());
        if (pulled == null) {
            throw new IOException("no such patch");
        }
        return pulled;
    }

    /** Lists a patch, before those listed so far, that makes the greeting {@code text} (3 letters). */
    Digest list(String text) throws Exception {
        return list(text, ChildJvm.greetingClass(), key);
    }

    /** One that is for another class file than the JVM has. */
    Digest listForAnotherBase(String text) throws Exception {
        return list(text, replaced(ChildJvm.greetingClass(), "odd"), key);
    }

    /** One that nobody trusted has signed. */
    Digest listWronglySigned(String text) throws Exception {
        return list(text, ChildJvm.greetingClass(), SigningKey.generate(new SecureRandom()));
    }

    /** One whose content cannot be read. */
    Digest listDamaged(String text, IOException failure) throws Exception {
        Digest listed = list(text);
        patches.put(listed, () -> {
            throw failure;
        });
        return listed;
    }

    private Digest list(String text, byte[] base, SigningKey signer) throws Exception {
        byte[] changed = replaced(ChildJvm.greetingClass(), text);
        String name = "dev/hotpatch/nodeagent/target/Greeting";
        LiveIndex index = new LiveIndex(
                List.of("/app/classes"),
                List.of(new LiveIndex.Redefine(name, Digest.of(base), Digest.of(changed), List.of(0))),
                List.of(),
                List.of());
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        LiveUnitWriter.write(index, digest -> changed, zip);
        Manifest manifest = Manifest.create(
                Optional.of(MediaTypes.PATCH),
                Descriptor.of(MediaTypes.PATCH, "{}".getBytes(StandardCharsets.UTF_8)),
                List.of(Descriptor.of(MediaTypes.LIVE, zip.toByteArray())),
                Optional.empty(),
                Map.of());
        var signature = new PatchSigner(signer, "test").bundle(IMAGE.repository(), manifest);
        Verifier verifier = new Verifier(List.of(key.publicKey()), 1);
        patches.put(manifest.digest(), () -> verify(verifier, manifest, signature, zip.toByteArray()));
        listed.add(0, new PatchCandidate(IMAGE.repository(), manifest.digest()));
        return manifest.digest();
    }

    private static LivePatch verify(
            Verifier verifier,
            Manifest manifest,
            dev.hotpatch.patchformat.trust.SignatureArtifact signature,
            byte[] zip)
            throws IOException, VerificationException {
        return LivePatch.of(verifier.verify(IMAGE.repository(), manifest.bytes(), List.of(signature)), zip);
    }

    /** The class file with another text constant of the same length. */
    private static byte[] replaced(byte[] classFile, String text) {
        String latin = new String(classFile, StandardCharsets.ISO_8859_1);
        return latin.replace("\u0000\u0003old", "\u0000\u0003" + text).getBytes(StandardCharsets.ISO_8859_1);
    }
}
