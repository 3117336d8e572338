package dev.hotpatch.benchmarks;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.image.ImagePair;
import dev.hotpatch.differ.layerdelta.LayerDeltaEncoder;
import dev.hotpatch.differ.layerdelta.LayerDeltas;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.GzipMemberOutputStream;
import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.layerdelta.UnpackedTar;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is measured of hotpatch, as a process like those of its peers. Arguments: {@code encode}, {@code decode} or {@code recompress}, the
 * archives of both images, a folder in which the deltas are, and how often to do it. Prints what took how long as {@code name nanoseconds}, each
 * time anew.
 */
final class DeltaWorker {
    private final Image base;
    private final Image target;
    private final Path folder;

    private DeltaWorker(Image base, Image target, Path folder) {
        this.base = base;
        this.target = target;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        DeltaWorker worker = new DeltaWorker(
                DeltaPair.image(Path.of(arguments[1])), DeltaPair.image(Path.of(arguments[2])), Path.of(arguments[3]));
        for (int round = Integer.parseInt(arguments[4]); round > 0; round--) {
            switch (arguments[0]) {
                case "encode" -> worker.encode();
                case "decode" -> worker.decode();
                default -> worker.recompress();
            }
        }
    }

    private static void print(String name, long begin) {
        System.out.println(name + " " + (System.nanoTime() - begin));
    }

    private void encode() throws IOException {
        long begin = System.nanoTime();
        LayerDeltaEncoder encoder =
                new LayerDeltaEncoder(folder, new Parallel(Runtime.getRuntime().availableProcessors()), Progress.NONE);
        LayerDeltas made = LayerDeltas.make(new ImagePair(base, target), encoder, folder);
        for (Map.Entry<Digest, Path> delta : made.files().entrySet()) {
            Files.move(delta.getValue(), delta(delta.getKey()), StandardCopyOption.REPLACE_EXISTING);
        }
        print("encoded", begin);
    }

    private Path delta(Digest layer) {
        return folder.resolve(layer.hex() + ".delta");
    }

    private void decode() throws IOException {
        long begin = System.nanoTime();
        Map<Digest, UnpackedTar> tars = new TreeMap<>();
        for (Layer layer : DeltaPair.own(target, base)) {
            if (!Files.exists(delta(layer.descriptor().digest()))) {
                continue;
            }
            try (LayerDeltaFile file =
                            LayerDeltaFile.open(delta(layer.descriptor().digest()));
                    OutputStream out = new BufferedOutputStream(
                            Files.newOutputStream(
                                    folder.resolve(layer.descriptor().digest().hex())),
                            1 << 16)) {
                List<UnpackedTar> bases = new ArrayList<>();
                for (LayerDelta.Content content : file.delta().bases()) {
                    if (!tars.containsKey(content.digest())) {
                        tars.put(content.digest(), tar(content));
                    }
                    bases.add(tars.get(content.digest()));
                }
                LayerRebuild.rebuild(file, bases, folder, true, out);
            }
        }
        for (UnpackedTar tar : tars.values()) {
            tar.close();
        }
        print("decoded", begin);
    }

    private UnpackedTar tar(LayerDelta.Content tar) throws IOException {
        Layer layer = base.layers().stream()
                .filter(one -> one.diffId().equals(tar.digest()))
                .findFirst()
                .orElseThrow();
        return UnpackedTar.start(Compression.decompress(layer.open()), tar.size(), folder);
    }

    /** Only what has to be compressed to come to the target's layers: they themselves, and those entries that the base has not. */
    private void recompress() throws IOException {
        Set<Digest> known = new HashSet<>();
        for (Layer layer : DeltaPair.own(base, target)) {
            InflatedTar.visit(tar(layer), new Streams(known, new ArrayList<>()));
        }
        List<byte[]> changed = new ArrayList<>();
        List<byte[]> tars = new ArrayList<>();
        for (Layer layer : DeltaPair.own(target, base)) {
            byte[] tar = tar(layer);
            tars.add(tar);
            InflatedTar.visit(tar, new Streams(known, changed));
        }
        long begin = System.nanoTime();
        for (byte[] tar : tars) {
            OutputStream nowhere = OutputStream.nullOutputStream();
            try (GzipMemberOutputStream out =
                    new GzipMemberOutputStream(nowhere, new byte[0], DeflateParameters.zlib(6), true)) {
                out.write(tar);
            }
        }
        print("layers", begin);
        begin = System.nanoTime();
        for (byte[] content : changed) {
            DeflateEncoder encoder = DeflateParameters.zlib(6).open(OutputStream.nullOutputStream(), true);
            encoder.write(content, 0, content.length);
            encoder.finish();
        }
        print("entries", begin);
    }

    private static byte[] tar(Layer layer) throws IOException {
        try (InputStream in = Compression.decompress(layer.open())) {
            return in.readAllBytes();
        }
    }

    /** Notes deflate streams, and the contents of those that were not known. */
    private record Streams(Set<Digest> known, List<byte[]> changed) implements InflatedTar.Visitor {
        @Override
        public void plain(byte[] bytes, int offset, int length) {}

        @Override
        public boolean deflated(byte[] stream, byte[] content) {
            boolean isNew = known.add(Digest.of(stream));
            if (isNew) {
                changed.add(content);
            }
            return isNew;
        }
    }
}
