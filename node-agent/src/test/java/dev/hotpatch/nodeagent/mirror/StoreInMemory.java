package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store of patches that can be damaged and taken away. */
final class StoreInMemory implements PatchStore {
    final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<Digest, List<SignatureArtifact>> signatures = new ConcurrentHashMap<>();
    volatile boolean gone;

    void put(byte[] blob) {
        blobs.put(Digest.of(blob), blob);
    }

    @Override
    public String name() {
        return SampleImages.REPOSITORY;
    }

    @Override
    public byte[] manifest(Digest digest) throws IOException {
        return blob(digest);
    }

    @Override
    public List<SignatureArtifact> signatures(Digest patch) throws IOException {
        blob(patch);
        return signatures.getOrDefault(patch, List.of());
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return new VerifyingInputStream(new ByteArrayInputStream(blob(descriptor.digest())), descriptor);
    }

    private byte[] blob(Digest digest) throws IOException {
        byte[] blob = blobs.get(digest);
        if (gone || blob == null) {
            throw new IOException(gone ? "the registry does not answer" : "no blob " + digest);
        }
        return blob;
    }
}
