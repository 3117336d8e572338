package dev.hotpatch.patchformat.layerdelta;

/**
 * One end of an arithmetic code. The models that predict bits are the same on both ends and call this for each bit in the same order: an
 * encoder writes the bit that it is given, a decoder ignores that one and returns the one that it reads.
 */
public interface BitCoder {
    /**
     * Codes one bit.
     *
     * @param one how likely it is 1, from 1 to 65,535, of 65,536
     * @param bit 0 or 1, for an encoder
     * @return the bit
     */
    int code(int one, int bit);

    /**
     * Codes a byte about which nothing is known.
     *
     * @param value from 0 to 255, for an encoder
     * @return the byte
     */
    int octet(int value);
}
