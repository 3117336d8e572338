package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.deflate.ByteSource;
import dev.hotpatch.patchformat.deflate.DeflateFinder;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.GzipFormatException;
import dev.hotpatch.patchformat.deflate.GzipFraming;
import dev.hotpatch.patchformat.deflate.GzipMember;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/**
 * How a layer of the target is made of its tar.
 *
 * @param content its tar
 * @param plain whether it is the tar
 * @param gzip the one gzip member that it is
 */
record TargetLayer(Layer layer, LayerDelta.Content content, boolean plain, Optional<Gzip> gzip) {
    /**
     * A gzip member.
     *
     * @param guessed the encoder that makes its beginning
     */
    record Gzip(byte[] header, ByteSource content, ByteSource stream, Optional<DeflateParameters> guessed) {}

    /** Reads a layer, and writes its tar. */
    static TargetLayer unpack(Layer target, FileChannel tar, Scratch scratch) throws IOException {
        FileChannel stored = scratch.file();
        try (InputStream in = target.open()) {
            in.transferTo(Scratch.appending(stored));
        }
        Region all = new Region(stored, -1, 0, stored.size());
        byte[] start = all.read(0, (int) Math.min(4, all.length()));
        boolean compressed = start.length == 4 && start[0] == 0x1f && start[1] == (byte) 0x8b;
        Optional<GzipFraming> framing = compressed ? framing(all, tar) : Optional.empty();
        if (framing.isEmpty()) {
            tar.truncate(0);
            tar.position(0);
            try (InputStream in = Compression.decompress(all.open())) {
                in.transferTo(Scratch.appending(tar));
            }
        }
        Optional<Gzip> gzip = Optional.empty();
        if (framing.isPresent()
                && framing.get().members().size() == 1
                && framing.get().tail().length == 0) {
            GzipMember member = framing.get().members().get(0);
            Region stream = all.part(member.streamOffset(), member.streamLength());
            Region content = new Region(tar, -1, 0, tar.size());
            Optional<DeflateParameters> guessed = DeflateFinder.forLayers().guess(content::open, stream::open);
            gzip = Optional.of(new Gzip(member.header(), content::open, stream::open, guessed));
        }
        return new TargetLayer(
                target,
                new LayerDelta.Content(target.diffId(), tar.size()),
                tar.size() == stored.size() && !compressed,
                gzip);
    }

    private static Optional<GzipFraming> framing(Region all, FileChannel tar) throws IOException {
        try (InputStream in = all.open()) {
            return Optional.of(GzipFraming.read(in, Scratch.appending(tar)));
        } catch (GzipFormatException e) {
            // Read more leniently, and given back without its compression.
            return Optional.empty();
        }
    }

    /** The encoder that is likely to have compressed it. */
    Optional<DeflateParameters> guessed() {
        return gzip.flatMap(Gzip::guessed);
    }

    /** The encoder that compresses the whole of it to the same bytes. */
    Optional<DeflateParameters> found() throws IOException {
        return gzip.isPresent()
                ? DeflateFinder.forLayers().find(gzip.get().content, gzip.get().stream)
                : Optional.empty();
    }

    /** What a delta gives, if this encoder is the layer's. */
    LayerDelta delta(List<LayerDelta.Content> bases, Optional<DeflateParameters> parameters) {
        LayerDelta.Content stored = new LayerDelta.Content(
                layer.descriptor().digest(), layer.descriptor().size());
        if (gzip.isPresent() && parameters.isPresent()) {
            return new LayerDelta(
                    bases, content, stored, new LayerDelta.Framing.Gzip(gzip.get().header, parameters.get()));
        }
        return new LayerDelta(
                bases, content, content, plain ? new LayerDelta.Framing.Plain() : new LayerDelta.Framing.TarOnly());
    }
}
