package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Digest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a runtime asks a mirror for (OCI distribution specification, and containerd's parameter {@code ns} for the registry that is
 * mirrored).
 *
 * @param repository with the registry
 * @param isManifest else a blob
 * @param digest of what is asked for
 */
record MirrorRequest(String repository, boolean isManifest, Digest digest) {
    private static final Pattern PATH =
            Pattern.compile("/v2/([a-z0-9][a-z0-9._/-]{0,254})/(manifests|blobs)/(sha256:[0-9a-f]{64})");
    private static final Pattern REGISTRY = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

    /** Empty for anything else, such as a tag or a request that does not say which registry is meant. */
    static Optional<MirrorRequest> parse(URI uri) {
        Matcher path = PATH.matcher(String.valueOf(uri.getPath()));
        Optional<String> registry = registry(uri);
        if (!path.matches() || registry.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MirrorRequest(
                registry.get() + "/" + path.group(1), path.group(2).equals("manifests"), Digest.parse(path.group(3))));
    }

    private static Optional<String> registry(URI uri) {
        for (String pair : String.valueOf(uri.getQuery()).split("&", 16)) {
            if (pair.startsWith("ns=") && REGISTRY.matcher(pair.substring(3)).matches()) {
                return Optional.of(pair.substring(3));
            }
        }
        return Optional.empty();
    }
}
