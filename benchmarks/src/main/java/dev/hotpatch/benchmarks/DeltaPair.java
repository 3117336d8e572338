package dev.hotpatch.benchmarks;

import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two images between which a delta is made.
 *
 * @param name for the table
 * @param base an OCI archive
 * @param target an OCI archive
 */
record DeltaPair(String name, Path base, Path target) {
    static Image image(Path archive) throws IOException {
        if (Images.open("oci-archive:" + archive, new Platform("linux", "amd64", "")) instanceof ImageSource source) {
            return source.image();
        }
        throw new IOException(archive + " is no image");
    }

    /** The layers that only the first image has. */
    static List<Layer> own(Image image, Image other) throws IOException {
        Set<Digest> shared = other.layers().stream()
                .map(layer -> layer.descriptor().digest())
                .collect(Collectors.toSet());
        return image.layers().stream()
                .filter(layer -> !shared.contains(layer.descriptor().digest()))
                .toList();
    }

    /** What is pulled without a delta, in bytes. */
    long fullSize() throws IOException {
        return own(image(target), image(base)).stream()
                .mapToLong(layer -> layer.descriptor().size())
                .sum();
    }

    /**
     * Writes what peers are given: the tars of those layers of each image that the other has not, one after the other.
     *
     * @param inflated each tar as {@link InflatedTar} gives it
     */
    Tars tars(Path folder, boolean inflated) throws IOException {
        Image old = image(base);
        Image changed = image(target);
        String kind = inflated ? "inflated" : "raw";
        return new Tars(
                write(own(old, changed), folder.resolve("base." + kind), inflated),
                write(own(changed, old), folder.resolve("target." + kind), inflated));
    }

    private static Path write(List<Layer> layers, Path file, boolean inflated) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Layer layer : layers) {
                try (InputStream in = Compression.decompress(layer.open())) {
                    if (inflated) {
                        InflatedTar.write(in.readAllBytes(), out);
                    } else {
                        in.transferTo(out);
                    }
                }
            }
        }
        return file;
    }

    /** What peers encode, and from what. */
    record Tars(Path base, Path target) {}
}
