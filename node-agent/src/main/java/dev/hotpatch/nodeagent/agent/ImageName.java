package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image as a node knows it.
 *
 * @param repository with its registry, without tag
 * @param digest of the manifest, or of the index, that was pulled
 */
public record ImageName(String repository, Digest digest) {
    private static final int MAX_REPOSITORY = 400;
    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

    /** Reads {@code repository@sha256:…}; empty for any other text. A tag before the digest is dropped. */
    public static Optional<ImageName> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || at > MAX_REPOSITORY) {
            return Optional.empty();
        }
        String name = text.substring(0, at);
        int colon = name.lastIndexOf(':');
        String repository = colon > name.lastIndexOf('/') && name.indexOf('/') >= 0 ? name.substring(0, colon) : name;
        try {
            return REPOSITORY.matcher(repository).matches()
                    ? Optional.of(new ImageName(repository, Digest.parse(text.substring(at + 1))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return repository + "@" + digest;
    }
}
