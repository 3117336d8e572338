package dev.hotpatch.differ;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A patch with its content in files.
 *
 * @param files by digest; whoever named their folder deletes them
 */
public record BuiltPatch(Patch patch, Map<Digest, Path> files) implements PatchContent {
    public BuiltPatch {
        files = Map.copyOf(files);
    }

    /** The file of the live unit; absent if nothing can go live. */
    public Optional<Path> liveUnit() {
        return patch.live().map(unit -> file(unit.digest()));
    }

    private Path file(Digest digest) {
        Path file = files.get(digest);
        if (file == null) {
            throw new IllegalArgumentException("the patch has no content " + digest);
        }
        return file;
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return Files.newInputStream(file(descriptor.digest()));
    }
}
