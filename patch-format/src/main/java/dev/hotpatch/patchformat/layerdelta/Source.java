package dev.hotpatch.patchformat.layerdelta;

/**
 * Content of the base that new content is told by.
 *
 * @param kind how it is had
 * @param file which of the base's files: the tars of its layers first, then what {@link Op.Define} adds
 * @param offset of its first byte there
 * @param stored how many bytes it has there
 * @param length how many bytes it has when inflated; otherwise equal to {@code stored}
 */
public record Source(Kind kind, int file, long offset, int stored, int length) {
    /** How content of the base is had. */
    public enum Kind {
        /** There is none. */
        NONE,
        /** Bytes as they are. */
        RAW,
        /** A raw deflate stream, inflated. */
        INFLATED
    }

    /** No content. */
    public static final Source NONE = new Source(Kind.NONE, 0, 0, 0, 0);

    /** Bytes as they are. */
    public static Source raw(int file, long offset, int length) {
        return new Source(Kind.RAW, file, offset, length, length);
    }
}
