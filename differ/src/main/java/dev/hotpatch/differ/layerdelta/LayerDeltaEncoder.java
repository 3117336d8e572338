package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.deflate.DeflateFinder;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.GzipFormatException;
import dev.hotpatch.patchformat.deflate.GzipFraming;
import dev.hotpatch.patchformat.deflate.GzipMember;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.BaseTar;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaWriter;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.layerdelta.Op;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes layer deltas. Safe for several threads. */
public final class LayerDeltaEncoder {
    private final Path folder;
    private final Parallel parallel;
    private final Progress progress;

    /**
     * An encoder.
     *
     * @param folder for temporary files: the inflated layers of one delta, and as much again
     */
    public LayerDeltaEncoder(Path folder, Parallel parallel, Progress progress) {
        this.folder = folder;
        this.parallel = parallel;
        this.progress = progress;
    }

    /**
     * Makes the delta that gives {@code target}, and rebuilds the layer from it once to be sure that it does.
     *
     * @param bases layers of the base image that may have content of it, from the bottom up
     * @param out where the delta goes; an existing file is replaced
     * @return what the delta is for
     */
    public LayerDelta encode(List<Layer> bases, Layer target, Path out) throws IOException {
        try (Scratch scratch = new Scratch(folder)) {
            List<FileChannel> tars = new ArrayList<>();
            List<LayerDelta.Content> contents = new ArrayList<>();
            BaseIndex index = new BaseIndex(scratch);
            for (Layer base : bases) {
                FileChannel tar = scratch.file();
                try (InputStream in = Compression.decompress(base.open())) {
                    in.transferTo(Scratch.appending(tar));
                }
                index.add(tar);
                tars.add(tar);
                contents.add(new LayerDelta.Content(base.diffId(), tar.size()));
            }
            FileChannel tar = scratch.file();
            LayerDelta.Framing framing = unpack(target, tar, scratch);
            LayerDelta.Content tarContent = new LayerDelta.Content(target.diffId(), tar.size());
            List<Op> ops = new ArrayList<>();
            List<byte[]> codes;
            try (Groups groups = new Groups(ops, parallel.threads())) {
                new LayerRecipe(index, scratch, parallel, groups, ops, progress).tar(tar);
                codes = groups.finish();
            }
            UsedBases used = UsedBases.in(ops, tars.size());
            LayerDelta delta = new LayerDelta(
                    used.used().stream().map(contents::get).toList(),
                    tarContent,
                    framing instanceof LayerDelta.Framing.Gzip
                            ? new LayerDelta.Content(
                                    target.descriptor().digest(),
                                    target.descriptor().size())
                            : tarContent,
                    framing);
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out))) {
                LayerDeltaWriter.write(file, delta, used.renumber(ops), codes, StretchFinder::new);
            }
            progress.at("checking layer delta", 0, 1);
            try (LayerDeltaFile file = LayerDeltaFile.open(out)) {
                LayerRebuild.rebuild(
                        file,
                        used.used().stream()
                                .map(number -> BaseTar.of(tars.get(number)))
                                .toList(),
                        folder,
                        OutputStream.nullOutputStream());
            }
            progress.at("checking layer delta", 1, 1);
            return delta;
        }
    }

    private static LayerDelta.Framing unpack(Layer target, FileChannel tar, Scratch scratch) throws IOException {
        FileChannel stored = scratch.file();
        try (InputStream in = target.open()) {
            in.transferTo(Scratch.appending(stored));
        }
        Region all = new Region(stored, -1, 0, stored.size());
        byte[] start = all.read(0, (int) Math.min(4, all.length()));
        boolean gzip = start.length == 4 && start[0] == 0x1f && start[1] == (byte) 0x8b;
        if (gzip) {
            Optional<LayerDelta.Framing> framing = gzip(all, tar);
            if (framing.isPresent()) {
                return framing.get();
            }
            tar.truncate(0);
            tar.position(0);
        }
        try (InputStream in = Compression.decompress(all.open())) {
            in.transferTo(Scratch.appending(tar));
        }
        return tar.size() == stored.size() && !gzip ? new LayerDelta.Framing.Plain() : new LayerDelta.Framing.TarOnly();
    }

    private static Optional<LayerDelta.Framing> gzip(Region all, FileChannel tar) throws IOException {
        GzipFraming framing;
        try (InputStream in = all.open()) {
            framing = GzipFraming.read(in, Scratch.appending(tar));
        } catch (GzipFormatException e) {
            // Read more leniently, and given back without its compression.
            return Optional.empty();
        }
        if (framing.members().size() != 1 || framing.tail().length > 0) {
            return Optional.of(new LayerDelta.Framing.TarOnly());
        }
        GzipMember member = framing.members().get(0);
        Region stream = all.part(member.streamOffset(), member.streamLength());
        Region content = new Region(tar, -1, 0, tar.size());
        Optional<DeflateParameters> parameters = DeflateFinder.forLayers().find(content::open, stream::open);
        return Optional.of(
                parameters.isPresent()
                        ? new LayerDelta.Framing.Gzip(member.header(), parameters.get())
                        : new LayerDelta.Framing.TarOnly());
    }
}
