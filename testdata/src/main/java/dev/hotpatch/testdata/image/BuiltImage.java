package dev.hotpatch.testdata.image;

/**
 * An image that was built.
 *
 * @param reference the name it was built under, with its tag
 * @param manifestDigest {@code sha256:…} of the manifest, as a registry has it
 * @param configDigest {@code sha256:…} of the configuration
 */
public record BuiltImage(String reference, String manifestDigest, String configDigest) {
    /** The repository and the manifest's digest. */
    public String byDigest() {
        int colon = reference.lastIndexOf(':');
        boolean tagged = colon > reference.lastIndexOf('/');
        return (tagged ? reference.substring(0, colon) : reference) + "@" + manifestDigest;
    }
}
