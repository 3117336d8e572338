package dev.hotpatch.registryclient.reference;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry: a repository with a tag, a digest, or both; the digest decides. With neither it means the
 * tag {@code latest}.
 */
public record ImageReference(Repository repository, Optional<String> tag, Optional<Digest> digest) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    public ImageReference {
        if (tag.isPresent()) {
            requireTag(tag.get());
        }
    }

    /**
     * Reads {@code [host[:port]/]path[:tag][@sha256:…]}. As everywhere, a first component without a dot or a colon that is not
     * {@code localhost} belongs to the path, and the host is then docker.io.
     *
     * @throws IllegalArgumentException for any other text, saying which part is wrong
     */
    public static ImageReference parse(String text) {
        int at = text.indexOf('@');
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(Digest.parse(text.substring(at + 1)));
        String name = at < 0 ? text : text.substring(0, at);
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        Optional<String> tag = colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1));
        return new ImageReference(Repository.parse(colon < 0 ? name : name.substring(0, colon)), tag, digest);
    }

    public static ImageReference of(Repository repository, Digest digest) {
        return new ImageReference(repository, Optional.empty(), Optional.of(digest));
    }

    public static ImageReference of(Repository repository, String tag) {
        return new ImageReference(repository, Optional.of(tag), Optional.empty());
    }

    /** Refuses what is not a tag with {@link IllegalArgumentException}. */
    public static String requireTag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "not a tag (1 to 128 letters, digits, _ . -, not starting with . or -): " + tag);
        }
        return tag;
    }

    /** What a registry is asked for: the digest if there is one, else the tag. */
    public String asked() {
        return digest.isPresent() ? digest.get().toString() : tag.orElse("latest");
    }

    @Override
    public String toString() {
        return repository
                + tag.map(name -> ":" + name).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }
}
