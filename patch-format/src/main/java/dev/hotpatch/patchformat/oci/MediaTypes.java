package dev.hotpatch.patchformat.oci;

/** The media types that hotpatch reads and writes. */
public final class MediaTypes {
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /** The config, and so the artifact type, of a patch. */
    public static final String PATCH = "application/vnd.hotpatch.patch.v1+json";

    /** The live unit's layer in a patch: a zip. */
    public static final String LIVE = "application/vnd.hotpatch.live.v1+zip";

    /** A delta of a layer, as docs/patch-format.md lays it out. */
    public static final String LAYER_DELTA = "application/vnd.hotpatch.layer-delta.v1";

    /** A layer of the base image without the contents of its files, as docs/patch-format.md lays it out. */
    public static final String TAR_SKELETON = "application/vnd.hotpatch.tar-skeleton.v1";

    /** The manifest of the target image, in a patch. */
    public static final String TARGET_MANIFEST = "application/vnd.hotpatch.target-manifest.v1+json";

    /** The config of the target image, in a patch. */
    public static final String TARGET_CONFIG = "application/vnd.hotpatch.target-config.v1+json";

    /** Payload of the signature form that lives under the tag {@code sha256-<hex>.sig}. */
    public static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";

    /** Signature form that is a referrer. */
    public static final String SIGSTORE_BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private MediaTypes() {}

    public static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_MANIFEST_LIST);
    }

    public static boolean isManifest(String mediaType) {
        return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
    }
}
