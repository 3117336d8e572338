package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A layer delta in a file, read with every number bounded. Safe for several threads once open; closing closes the file. */
public final class LayerDeltaFile implements Closeable {
    private static final int MAX_HEAD = 64 << 20;
    private static final int MAX_RECIPE = 64 << 20;
    private static final long MAX_TAR = 1L << 40;
    private static final int MAX_GROUPS = 1 << 16;
    private static final int MAX_GROUP = 160 << 20;

    private final FileChannel file;
    private final LayerDelta delta;
    private final List<Op> ops;
    private final long[] groups;

    private LayerDeltaFile(FileChannel file, LayerDelta delta, List<Op> ops, long[] groups) {
        this.file = file;
        this.delta = delta;
        this.ops = ops;
        this.groups = groups;
    }

    /**
     * Reads all but the content.
     *
     * @throws LayerDeltaException if it is no layer delta, or a damaged one
     */
    public static LayerDeltaFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return read(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static LayerDeltaFile read(FileChannel file) throws IOException {
        byte[] head = new byte[(int) Math.min(file.size(), MAX_HEAD)];
        fill(file, head, 0);
        Operands in = new Operands(head);
        if (!Arrays.equals(in.raw("its first bytes", LayerDeltaWriter.MAGIC.length), LayerDeltaWriter.MAGIC)) {
            throw new LayerDeltaException("not a layer delta, or one of a later format");
        }
        int bases = (int) in.number("number of bases", LayerDelta.MAX_BASES);
        List<LayerDelta.Content> files = new ArrayList<>();
        for (int i = 0; i < bases; i++) {
            files.add(content(in, "base"));
        }
        LayerDelta.Content tar = content(in, "tar");
        LayerDelta.Content layer = content(in, "layer");
        LayerDelta delta = new LayerDelta(files, tar, layer, framing(in));
        int length = (int) in.number("length of the recipe", MAX_RECIPE);
        byte[] coded = in.raw("the recipe", (int) in.number("coded length of the recipe", MAX_RECIPE));
        byte[] recipe = ItemCoder.decoder(coded, length + 8).plain(new byte[0], null);
        if (recipe.length != length) {
            throw new LayerDeltaException(
                    "layer delta: the recipe has " + recipe.length + " bytes; expected " + length);
        }
        long[] groups = new long[(int) in.number("number of groups", MAX_GROUPS) + 1];
        long[] lengths = new long[groups.length];
        for (int i = 0; i + 1 < groups.length; i++) {
            lengths[i] = in.number("coded length of a group", MAX_GROUP);
        }
        groups[0] = (long) head.length - in.left();
        for (int i = 0; i + 1 < groups.length; i++) {
            groups[i + 1] = groups[i] + lengths[i];
        }
        if (groups[groups.length - 1] != file.size()) {
            throw new LayerDeltaException("layer delta: has " + file.size() + " bytes; " + groups[groups.length - 1]
                    + " are expected from its header");
        }
        return new LayerDeltaFile(file, delta, Recipe.read(recipe, bases), groups);
    }

    private static LayerDelta.Content content(Operands in, String what) throws LayerDeltaException {
        Digest digest = Digest.parse("sha256:" + HexFormat.of().formatHex(in.raw("digest of the " + what, 32)));
        return new LayerDelta.Content(digest, in.number("size of the " + what, MAX_TAR));
    }

    private static LayerDelta.Framing framing(Operands in) throws LayerDeltaException {
        int kind = in.octet("kind of framing");
        if (kind == LayerDeltaWriter.PLAIN) {
            return new LayerDelta.Framing.Plain();
        }
        if (kind == LayerDeltaWriter.TAR_ONLY) {
            return new LayerDelta.Framing.TarOnly();
        }
        if (kind != LayerDeltaWriter.GZIP) {
            throw new LayerDeltaException("layer delta: no framing has the number " + kind);
        }
        byte[] header = in.raw("the gzip header", (int) in.number("length of the gzip header", 1 << 16));
        byte[] name = in.raw("the encoder's name", (int) in.number("length of the encoder's name", 64));
        try {
            return new LayerDelta.Framing.Gzip(
                    header, DeflateParameters.parse(new String(name, StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw new LayerDeltaException("layer delta: " + e.getMessage(), e);
        }
    }

    public LayerDelta delta() {
        return delta;
    }

    List<Op> ops() {
        return ops;
    }

    /** The code of a group. */
    byte[] group(int number) throws IOException {
        if (number + 1 >= groups.length) {
            throw new LayerDeltaException("layer delta: has no group " + number);
        }
        byte[] code = new byte[(int) (groups[number + 1] - groups[number])];
        fill(file, code, groups[number]);
        return code;
    }

    static void fill(FileChannel file, byte[] target, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw new LayerDeltaException("a file ends at byte " + (offset + buffer.position())
                        + "; it was expected to go on for " + buffer.remaining() + " more");
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
