package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.BaseTar;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaWriter;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.layerdelta.Op;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
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
            TargetLayer layer = TargetLayer.unpack(target, tar, scratch);
            List<Op> ops = new ArrayList<>();
            List<byte[]> codes;
            try (Groups groups = new Groups(ops, parallel.threads())) {
                new LayerRecipe(index, scratch, parallel, groups, ops, progress).tar(tar);
                codes = groups.finish();
            }
            UsedBases used = UsedBases.in(ops, tars.size());
            Delta delta = new Delta(
                    used.used().stream().map(contents::get).toList(),
                    used.renumber(ops),
                    codes,
                    used.used().stream()
                            .map(number -> BaseTar.of(tars.get(number)))
                            .toList());
            progress.at("checking layer delta", 0, 1);
            LayerDelta made = write(delta, layer, out);
            progress.at("checking layer delta", 1, 1);
            return made;
        }
    }

    private record Delta(List<LayerDelta.Content> bases, List<Op> ops, List<byte[]> codes, List<BaseTar> tars) {}

    /** Writes a delta and rebuilds the layer from it: the proof that the encoder whose beginning is the layer's is the layer's, too. */
    private LayerDelta write(Delta delta, TargetLayer layer, Path out) throws IOException {
        try {
            return write(delta, layer, layer.guessed(), out);
        } catch (DigestMismatchException e) {
            Optional<DeflateParameters> found = layer.found();
            if (found.equals(layer.guessed())) {
                throw e;
            }
            return write(delta, layer, found, out);
        }
    }

    private LayerDelta write(Delta delta, TargetLayer layer, Optional<DeflateParameters> parameters, Path out)
            throws IOException {
        LayerDelta made = layer.delta(delta.bases, parameters);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out))) {
            LayerDeltaWriter.write(file, made, delta.ops, delta.codes, StretchFinder::new);
        }
        try (LayerDeltaFile file = LayerDeltaFile.open(out)) {
            LayerRebuild.rebuild(file, delta.tars, folder, false, OutputStream.nullOutputStream());
        }
        return made;
    }
}
