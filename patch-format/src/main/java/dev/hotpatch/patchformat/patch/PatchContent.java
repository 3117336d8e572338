package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives the bytes of what a patch's manifest lists as layers. */
@FunctionalInterface
public interface PatchContent {
    /** Content from its start. The caller closes it. */
    InputStream open(Descriptor descriptor) throws IOException;

    /** Of a patch that has nothing but its live unit, which is this file. */
    static PatchContent ofLive(Path file) {
        return descriptor -> Files.newInputStream(file);
    }
}
