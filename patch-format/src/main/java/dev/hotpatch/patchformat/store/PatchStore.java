package dev.hotpatch.patchformat.store;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A place that holds patches: a repository of a registry, or an OCI layout. What it gives is verified against its digest, nothing more. */
public interface PatchStore {
    /** For messages. */
    String name();

    /**
     * The manifest with that digest, as received.
     *
     * @throws IOException if it is not there, or cannot be had
     */
    byte[] manifest(Digest digest) throws IOException;

    /**
     * Everything that looks like a signature of that manifest, in both forms; empty if there is none. One that is damaged is given
     * as far as it can be read, so that it does not hide good ones and the verifier can name it.
     */
    List<SignatureArtifact> signatures(Digest patch) throws IOException;

    /** Content as a stream that fails rather than end cleanly on a wrong digest. The caller closes it. */
    InputStream open(Descriptor descriptor) throws IOException;
}
