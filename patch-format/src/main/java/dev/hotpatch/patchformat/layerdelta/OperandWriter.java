package dev.hotpatch.patchformat.layerdelta;

import java.io.ByteArrayOutputStream;

/** Writes what {@link Operands} reads. For one thread. */
final class OperandWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    OperandWriter octet(int value) {
        out.write(value);
        return this;
    }

    OperandWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    OperandWriter number(long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    OperandWriter signed(long value) {
        return number((value << 1) ^ (value >> 63));
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
