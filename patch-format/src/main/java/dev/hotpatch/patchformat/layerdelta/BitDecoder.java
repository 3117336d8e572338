package dev.hotpatch.patchformat.layerdelta;

/** Reads what {@link BitEncoder} wrote. Behind the end of the code it reads zeros: what comes of that is bounded by whoever asks. For one thread. */
public final class BitDecoder implements BitCoder {
    private final byte[] code;
    private int position;
    private long low;
    private long high = 0xffff_ffffL;
    private long value;

    public BitDecoder(byte[] code) {
        this.code = code;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | next();
        }
    }

    private int next() {
        return position < code.length ? code[position++] & 0xff : 0;
    }

    @Override
    public int code(int one, int ignored) {
        long middle = low + ((high - low) >>> 16) * one;
        int bit = value <= middle ? 1 : 0;
        if (bit == 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
        while (((low ^ high) & 0xff00_0000L) == 0) {
            low = (low << 8) & 0xffff_ffffL;
            high = ((high << 8) & 0xffff_ffffL) | 0xff;
            value = ((value << 8) & 0xffff_ffffL) | next();
        }
        return bit;
    }
}
