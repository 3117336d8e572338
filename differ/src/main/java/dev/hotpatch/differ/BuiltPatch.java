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

/**
 * A patch with its content in files.
 *
 * @param files by digest; whoever named their folder deletes them
 */
public record BuiltPatch(Patch patch, Map<Digest, Path> files) implements PatchContent {
    public BuiltPatch {
        files = Map.copyOf(files);
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        Path file = files.get(descriptor.digest());
        if (file == null) {
            throw new IOException("the patch has no content " + descriptor.digest());
        }
        return Files.newInputStream(file);
    }
}
