package dev.hotpatch.patchformat.layerdelta;

/** Reads numbers and texts one after the other, each within bounds that its name goes with. For one thread. */
final class Operands {
    private final byte[] bytes;
    private int at;

    Operands(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean more() {
        return at < bytes.length;
    }

    int octet(String what) throws LayerDeltaException {
        if (at >= bytes.length) {
            throw new LayerDeltaException("layer delta: ends before " + what);
        }
        return bytes[at++] & 0xff;
    }

    byte[] raw(String what, int length) throws LayerDeltaException {
        if (length > bytes.length - at) {
            throw new LayerDeltaException("layer delta: ends within " + what);
        }
        byte[] raw = java.util.Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return raw;
    }

    int left() {
        return bytes.length - at;
    }

    /** A number from 0 to {@code max}: seven bits an octet, lowest first, the highest bit set while more follow. */
    long number(String what, long max) throws LayerDeltaException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = octet(what);
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                if (value > max || (octet == 0 && shift > 0)) {
                    throw new LayerDeltaException("layer delta: " + what + " is " + value + "; at most " + max
                            + " is allowed, in its shortest form");
                }
                return value;
            }
        }
        throw new LayerDeltaException("layer delta: " + what + " is too large a number");
    }

    /** A whole number that may be negative, whose amount is at most {@code max}: the sign is the lowest bit. */
    long signed(String what, long max) throws LayerDeltaException {
        long value = number(what, 2 * max + 1);
        return (value >>> 1) ^ -(value & 1);
    }
}
