package dev.hotpatch.patchformat.layerdelta;

/** Numbers with their lowest byte first, as zips have them. */
final class Little {
    private Little() {}

    static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    static int u4(byte[] bytes, int at) {
        return u2(bytes, at) | (u2(bytes, at + 2) << 16);
    }

    static void put4(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (8 * i));
        }
    }
}
