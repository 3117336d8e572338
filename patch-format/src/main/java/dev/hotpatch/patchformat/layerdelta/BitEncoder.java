package dev.hotpatch.patchformat.layerdelta;

import java.io.ByteArrayOutputStream;

/** Writes bits as an arithmetic code: an interval of 32 bits that moves up and shrinks, with carries into what was written. For one thread. */
public final class BitEncoder implements BitCoder {
    static final int FIRST_BYTE = 0xff00_0000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    /** Where the interval begins; the 33rd bit is a carry. */
    private long low;
    /** How large it is, unsigned. */
    private int range = -1;
    /** The last byte before {@link #low} that a carry could change, or -1, and how many bytes of 255 follow it. */
    private int held = -1;

    private int full;

    @Override
    public int code(int one, int bit) {
        int part = (range >>> 16) * one;
        if (bit == 1) {
            range = part;
        } else {
            low += Integer.toUnsignedLong(part);
            range -= part;
        }
        shift();
        return bit;
    }

    @Override
    public int octet(int value) {
        range >>>= Byte.SIZE;
        low += Integer.toUnsignedLong(range) * value;
        shift();
        return value;
    }

    private void shift() {
        while ((range & FIRST_BYTE) == 0) {
            range <<= Byte.SIZE;
            shiftByte();
        }
    }

    private void shiftByte() {
        if (low >= 0xff00_0000L && low <= 0xffff_ffffL) {
            full++;
        } else {
            int carry = (int) (low >>> 32);
            if (held >= 0) {
                out.write(held + carry);
            }
            for (; full > 0; full--) {
                out.write(0xff + carry);
            }
            held = (int) (low >>> 24) & 0xff;
        }
        low = (low & 0x00ff_ffff) << Byte.SIZE;
    }

    /** Ends the code. */
    public byte[] finish() {
        // Any number of the interval will do; of one of them only the first byte is not 0, and a decoder takes missing
        // bytes for zeros.
        low = (low + 0x00ff_ffff) & ~0x00ff_ffffL;
        shiftByte();
        shiftByte();
        return out.toByteArray();
    }
}
