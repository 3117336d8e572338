package dev.hotpatch.patchformat.layerdelta;

import java.io.ByteArrayOutputStream;

/** Writes bits as an arithmetic code with 32-bit bounds. For one thread. */
public final class BitEncoder implements BitCoder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long low;
    private long high = 0xffff_ffffL;

    @Override
    public int code(int one, int bit) {
        long middle = low + ((high - low) >>> 16) * one;
        if (bit == 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
        while (((low ^ high) & 0xff00_0000L) == 0) {
            out.write((int) (high >>> 24));
            low = (low << 8) & 0xffff_ffffL;
            high = ((high << 8) & 0xffff_ffffL) | 0xff;
        }
        return bit;
    }

    /** Bytes written so far. */
    int size() {
        return out.size();
    }

    /** Ends the code. */
    public byte[] finish() {
        // Any number between the bounds will do; a decoder takes missing bytes for zeros.
        out.write((int) (high >>> 24));
        out.write((int) (high >>> 16));
        out.write((int) (high >>> 8));
        out.write((int) high);
        return out.toByteArray();
    }
}
