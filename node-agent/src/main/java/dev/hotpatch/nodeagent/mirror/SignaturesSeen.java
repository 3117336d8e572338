package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A store that remembers which signatures it gave last, so that they need not be asked for twice. For one thread. */
final class SignaturesSeen implements PatchStore {
    private final PatchStore store;
    private List<SignatureArtifact> seen = List.of();

    SignaturesSeen(PatchStore store) {
        this.store = store;
    }

    List<SignatureArtifact> seen() {
        return seen;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public byte[] manifest(Digest digest) throws IOException {
        return store.manifest(digest);
    }

    @Override
    public List<SignatureArtifact> signatures(Digest patch) throws IOException {
        seen = store.signatures(patch);
        return seen;
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return store.open(descriptor);
    }
}
