package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.deflate.GzipMemberOutputStream;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Rebuilds layers from a delta and the base's tars. */
public final class LayerRebuild {
    private LayerRebuild() {}

    /**
     * Writes the layer, or its tar where the delta gives no more. Works in bounded memory, on four threads.
     *
     * @param file the delta
     * @param bases the tars that the delta names, in its order
     * @param scratch a folder for temporary files, which are gone afterwards
     * @param platform whether the platform's zlib may deflate, which is faster: where it is not quite zlib, what comes of it is not the layer, and
     *     another try without it is due
     * @param out stays open. <b>What was written counts only if this returns:</b> whoever calls writes to a place where nobody takes it for
     *     the layer before
     * @throws LayerDeltaException if the delta is damaged or not for these bases
     * @throws DigestMismatchException if what came of it is not the layer
     */
    public static void rebuild(
            LayerDeltaFile file, List<? extends BaseTar> bases, Path scratch, boolean platform, OutputStream out)
            throws IOException {
        LayerDelta delta = file.delta();
        if (bases.size() != delta.bases().size()) {
            throw new IllegalArgumentException(
                    "the delta needs " + delta.bases().size() + " tars of the base, given are " + bases.size());
        }
        List<Op.Define> defined = file.ops().stream()
                .filter(op -> op instanceof Op.Define)
                .map(op -> (Op.Define) op)
                .toList();
        try (BaseFiles files = new BaseFiles(bases, defined, scratch)) {
            if (delta.framing() instanceof LayerDelta.Framing.Gzip gzip) {
                DigestStream layer = new DigestStream(out, delta.layer(), "layer");
                HandoverStream compressed = new HandoverStream(layer, "hash");
                try {
                    compress(file, gzip, files, scratch, platform, compressed);
                    compressed.close();
                } catch (IOException | RuntimeException e) {
                    compressed.abandon();
                    throw e;
                }
                layer.verify();
            } else {
                tar(file, files, scratch, platform, out);
            }
        }
    }

    private static void compress(
            LayerDeltaFile file,
            LayerDelta.Framing.Gzip gzip,
            BaseFiles files,
            Path scratch,
            boolean platform,
            OutputStream out)
            throws IOException {
        GzipMemberOutputStream member = new GzipMemberOutputStream(out, gzip.header(), gzip.parameters(), platform);
        HandoverStream tar = new HandoverStream(member, "compress");
        try {
            tar(file, files, scratch, platform, tar);
            tar.close();
        } catch (IOException | RuntimeException e) {
            tar.abandon();
            throw e;
        }
        member.close();
    }

    private static void tar(LayerDeltaFile file, BaseFiles files, Path scratch, boolean platform, OutputStream out)
            throws IOException {
        DigestStream tar = new DigestStream(out, file.delta().tar(), "uncompressed layer");
        try (NewContent content = NewContent.start(file, files)) {
            new TarAssembly(file.ops(), files, content, scratch, tar, platform)
                    .run(file.delta().tar().size());
        }
        tar.verify();
    }
}
