package dev.hotpatch.differ.image;

import dev.hotpatch.differ.tar.TarIndex;
import dev.hotpatch.patchformat.image.Layout;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An OCI image layout in a tar. */
record ArchivedLayout(TarIndex tar) implements Layout {
    @Override
    public String place() {
        return "oci-archive:" + tar.file();
    }

    @Override
    public Index index() throws IOException {
        return Index.parse(tar.read("index.json", Manifest.MAX_BYTES));
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return new VerifyingInputStream(
                tar.open("blobs/sha256/" + descriptor.digest().hex()), descriptor);
    }
}
