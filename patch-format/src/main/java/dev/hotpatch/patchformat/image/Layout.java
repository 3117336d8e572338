package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be read of an OCI image layout (image-layout.md), be it a folder or an archive of one. */
public interface Layout {
    /** Where it is; for messages only. */
    String place();

    /** Its table of contents, {@code index.json}. */
    Index index() throws IOException;

    /** Content as a stream that fails rather than end cleanly on a wrong digest. The caller closes it. */
    InputStream open(Descriptor descriptor) throws IOException;

    /** Content of at most {@code max} bytes, verified. */
    default byte[] read(Descriptor descriptor, int max) throws IOException {
        if (descriptor.size() > max) {
            throw new IOException(place() + ": blob " + descriptor.digest() + " has " + descriptor.size()
                    + " bytes, at most " + max + " are read");
        }
        try (InputStream in = open(descriptor)) {
            return in.readAllBytes();
        }
    }

    /**
     * The entry with that tag; without a tag, the only entry that is not itself a signature of another.
     *
     * @throws NoSuchFileException if there is none, or several to choose from
     */
    default Descriptor find(Optional<String> tag) throws IOException {
        List<Descriptor> found = new ArrayList<>();
        for (Descriptor entry : index().manifests()) {
            String name = entry.annotations().getOrDefault(OciLayout.REF_NAME, "");
            boolean wanted = tag.isPresent() ? name.equals(tag.get()) : !isSignature(name, entry);
            if (wanted) {
                found.add(entry);
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new NoSuchFileException(
                place(),
                null,
                (tag.isPresent() ? "no single entry with tag " + tag.get() : found.size() + " entries, expected one")
                        + "; name one of its tags, as in " + place() + ":TAG");
    }

    private static boolean isSignature(String name, Descriptor entry) {
        return name.endsWith(".sig")
                || entry.artifactType()
                        .filter(MediaTypes.SIGSTORE_BUNDLE::equals)
                        .isPresent();
    }
}
