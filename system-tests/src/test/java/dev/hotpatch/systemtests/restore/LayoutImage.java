package dev.hotpatch.systemtests.restore;

import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.testdata.image.LayerTar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image in an OCI layout, packed as one of the world's builders packs it.
 *
 * @param layout its folder
 * @param manifest its digest
 */
record LayoutImage(Path layout, Digest manifest) {
    /** How a builder compresses. */
    @FunctionalInterface
    interface Packer {
        byte[] pack(byte[] tar) throws IOException, InterruptedException;
    }

    /**
     * Writes an image.
     *
     * @param layers from the bottom up, each its files by their absolute paths in the image
     */
    static LayoutImage write(Path folder, List<Map<String, Path>> layers, String mediaType, Packer packer)
            throws IOException, InterruptedException {
        OciLayout layout = OciLayout.create(folder);
        List<String> diffIds = new ArrayList<>();
        List<Descriptor> stored = new ArrayList<>();
        for (Map<String, Path> files : layers) {
            ByteArrayOutputStream tar = new ByteArrayOutputStream();
            LayerTar.write(files, tar);
            diffIds.add(Digest.of(tar.toByteArray()).toString());
            stored.add(layout.write(mediaType, packer.pack(tar.toByteArray())));
        }
        Descriptor config = layout.write(
                MediaTypes.OCI_CONFIG,
                JsonWriter.compact(Map.of(
                        "architecture", "amd64",
                        "os", "linux",
                        "rootfs", Map.of("type", "layers", "diff_ids", diffIds))));
        Manifest manifest = Manifest.create(Optional.empty(), config, stored, Optional.empty(), Map.of());
        layout.write(manifest.mediaType(), manifest.bytes());
        layout.enter(manifest.descriptor(), Optional.of("latest"));
        return new LayoutImage(folder, manifest.digest());
    }

    /** Finds the image that somebody else wrote. */
    static LayoutImage of(Path folder) throws IOException {
        return new LayoutImage(
                folder, OciLayout.open(folder).find(Optional.empty()).digest());
    }

    /** As an operand of the command. */
    String reference() {
        return "oci:" + layout;
    }

    /** The manifest; every blob of the image is read, and was verified, before. */
    Manifest verified() throws IOException {
        OciLayout files = OciLayout.open(layout);
        Manifest parsed = Manifest.parse(files.read(files.find(Optional.empty()), Manifest.MAX_BYTES));
        List<Descriptor> blobs = new ArrayList<>(parsed.layers());
        blobs.add(parsed.config());
        for (Descriptor blob : blobs) {
            files.read(blob, Integer.MAX_VALUE);
        }
        return parsed;
    }

    /** The layers of its manifest. */
    List<Descriptor> layers() throws IOException {
        return verified().layers();
    }
}
