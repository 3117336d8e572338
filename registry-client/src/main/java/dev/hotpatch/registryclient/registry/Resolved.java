package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.registryclient.reference.Repository;

/**
 * A manifest or index as a registry gave it.
 *
 * @param descriptor its digest was computed from the bytes received
 * @param bytes do not modify
 */
public record Resolved(Repository repository, Descriptor descriptor, byte[] bytes) {
    public Digest digest() {
        return descriptor.digest();
    }

    public boolean isIndex() {
        return MediaTypes.isIndex(descriptor.mediaType());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Resolved resolved
                && repository.equals(resolved.repository)
                && descriptor.equals(resolved.descriptor);
    }

    @Override
    public int hashCode() {
        return descriptor.hashCode();
    }
}
