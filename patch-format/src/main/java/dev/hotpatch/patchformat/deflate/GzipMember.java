package dev.hotpatch.patchformat.deflate;

import java.util.Arrays;
import java.util.Objects;

/**
 * One member of a gzip file (RFC 1952): a header, a deflate stream, and eight bytes that follow from its content.
 *
 * @param header all bytes before the deflate stream
 * @param streamOffset where the deflate stream begins in the file
 * @param streamLength how many bytes it has
 * @param contentLength how many bytes it inflates to
 */
public record GzipMember(byte[] header, long streamOffset, long streamLength, long contentLength) {
    /** How many bytes follow the deflate stream of a member. */
    public static final int TRAILER = 8;

    /** Keeps a copy of {@code header}. */
    public GzipMember {
        header = header.clone();
        if (streamOffset < header.length || streamLength < 0 || contentLength < 0) {
            throw new IllegalArgumentException("a gzip member of " + contentLength + " bytes with a header of "
                    + header.length + " cannot have its stream of " + streamLength + " bytes at " + streamOffset);
        }
    }

    @Override
    public byte[] header() {
        return header.clone();
    }

    /** Where the next member or what else follows begins in the file. */
    public long end() {
        return streamOffset + streamLength + TRAILER;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GzipMember that
                && Arrays.equals(header, that.header)
                && streamOffset == that.streamOffset
                && streamLength == that.streamLength
                && contentLength == that.contentLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(header), streamOffset, streamLength, contentLength);
    }

    @Override
    public String toString() {
        return "gzip member of " + contentLength + " bytes, stream of " + streamLength + " at " + streamOffset;
    }
}
