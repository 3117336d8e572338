package dev.hotpatch.patchformat.deflate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a gzip file (RFC 1952) is made of: one member after another, and bytes that belong to none.
 *
 * @param members at least one
 * @param tail what follows the last member: padding, or anything else
 */
public record GzipFraming(List<GzipMember> members, byte[] tail) {
    /** More members than this are not told apart. */
    static final int MAX_MEMBERS = 1 << 16;
    /** A longer header or tail is not kept. */
    static final int MAX_KEPT = 1 << 16;

    /** Keeps copies of both. */
    public GzipFraming {
        members = List.copyOf(members);
        tail = tail.clone();
    }

    @Override
    public byte[] tail() {
        return tail.clone();
    }

    /**
     * Reads a gzip file to its end and writes what it inflates to.
     *
     * @param file from the first byte of the first header; stays open
     * @param content where the content of all members goes; stays open
     * @throws GzipFormatException if the first member is none, its stream or that of a later member is damaged, a trailer does not fit
     *     its content, or there is more than can be kept: 65,536 members, 65,536 bytes of a header or of a tail
     * @throws IOException from either stream
     */
    public static GzipFraming read(InputStream file, OutputStream content) throws IOException {
        GzipInput in = new GzipInput(file);
        List<GzipMember> members = new ArrayList<>();
        while (true) {
            byte[] header;
            try {
                header = in.readHeader();
            } catch (EOFException | GzipFormatException e) {
                if (members.isEmpty()) {
                    throw e instanceof GzipFormatException
                            ? e
                            : new GzipFormatException("a gzip file ends within its first header", e);
                }
                // Whatever follows is no member.
                return new GzipFraming(members, in.readTail());
            }
            if (members.size() == MAX_MEMBERS) {
                throw new GzipFormatException("a gzip file has more than " + MAX_MEMBERS + " members");
            }
            members.add(in.readMember(header, content));
        }
    }

    /** The bytes of the content of all members. */
    public long contentLength() {
        return members.stream().mapToLong(GzipMember::contentLength).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GzipFraming that && members.equals(that.members) && Arrays.equals(tail, that.tail);
    }

    @Override
    public int hashCode() {
        return 31 * members.hashCode() + Arrays.hashCode(tail);
    }

    @Override
    public String toString() {
        return "gzip file of " + members + " and " + tail.length + " bytes more";
    }
}
