package dev.hotpatch.patchformat.layerdelta;

/** Reads what {@link BitEncoder} wrote. Behind the end of the code it reads zeros: what comes of that is bounded by whoever asks. For one thread. */
public final class BitDecoder implements BitCoder {
    private final byte[] code;
    private int position;
    /** How large the interval is, unsigned. */
    private int range = -1;
    /** Where in it the code is, unsigned. */
    private int value;

    public BitDecoder(byte[] code) {
        this.code = code;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << Byte.SIZE) | next();
        }
    }

    private int next() {
        return position < code.length ? code[position++] & 0xff : 0;
    }

    @Override
    public int code(int one, int ignored) {
        int part = (range >>> 16) * one;
        int bit;
        if (Integer.compareUnsigned(value, part) < 0) {
            range = part;
            bit = 1;
        } else {
            range -= part;
            value -= part;
            bit = 0;
        }
        refill();
        return bit;
    }

    @Override
    public int octet(int ignored) {
        range >>>= Byte.SIZE;
        // The interval may be a little larger than 256 parts; only a damaged code lies there.
        int octet = Math.min(0xff, Integer.divideUnsigned(value, range));
        value -= octet * range;
        refill();
        return octet;
    }

    private void refill() {
        while ((range & BitEncoder.FIRST_BYTE) == 0) {
            range <<= Byte.SIZE;
            value = (value << Byte.SIZE) | next();
        }
    }
}
