package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Writes layer deltas (docs/patch-format.md); the same arguments always give the same bytes. */
public final class LayerDeltaWriter {
    static final byte[] MAGIC = "hpdelta1".getBytes(StandardCharsets.US_ASCII);
    static final int PLAIN = 0;
    static final int GZIP = 1;
    static final int TAR_ONLY = 2;

    private LayerDeltaWriter() {}

    /**
     * Writes one.
     *
     * @param ops its steps
     * @param groups the code of each group, in the order of the steps
     * @param finders finds stretches in the recipe itself
     */
    public static void write(
            OutputStream out,
            LayerDelta delta,
            List<Op> ops,
            List<byte[]> groups,
            Function<byte[], ItemCoder.Finder> finders)
            throws IOException {
        OperandWriter head = new OperandWriter();
        head.raw(MAGIC).number(delta.bases().size());
        for (LayerDelta.Content base : delta.bases()) {
            content(head, base);
        }
        content(head, delta.tar());
        content(head, delta.layer());
        if (delta.framing() instanceof LayerDelta.Framing.Gzip gzip) {
            byte[] name = gzip.parameters().toString().getBytes(StandardCharsets.US_ASCII);
            head.octet(GZIP).number(gzip.header().length).raw(gzip.header());
            head.number(name.length).raw(name);
        } else {
            head.octet(delta.framing() instanceof LayerDelta.Framing.Plain ? PLAIN : TAR_ONLY);
        }
        byte[] recipe = Recipe.write(ops);
        BitEncoder encoder = new BitEncoder();
        ItemCoder.encoder(encoder, recipe.length + 8, finders).plain(new byte[0], recipe);
        byte[] coded = encoder.finish();
        head.number(recipe.length).number(coded.length).raw(coded);
        head.number(groups.size());
        for (byte[] group : groups) {
            head.number(group.length);
        }
        out.write(head.bytes());
        for (byte[] group : groups) {
            out.write(group);
        }
    }

    private static void content(OperandWriter out, LayerDelta.Content content) {
        Digest digest = content.digest();
        out.raw(HexFormat.of().parseHex(digest.hex())).number(content.size());
    }
}
