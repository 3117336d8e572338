package dev.hotpatch.patchformat.deflate;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the parts of a gzip file one after another, counting. */
final class GzipInput {
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream file;
    private final byte[] buffer = new byte[64 * 1024];
    private final byte[] inflated = new byte[64 * 1024];
    private int next;
    private int end;
    private long offset;
    /** What was read of a header so far, so that it can be a tail after all. */
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    GzipInput(InputStream file) {
        this.file = file;
    }

    /** The bytes up to the deflate stream. */
    byte[] readHeader() throws IOException {
        header.reset();
        if (headerByte() != 0x1f || headerByte() != 0x8b || headerByte() != DEFLATE) {
            throw new GzipFormatException(
                    "expected a gzip header at byte " + (offset - header.size()) + "; found other bytes");
        }
        int flags = headerByte();
        if ((flags & RESERVED) != 0) {
            throw new GzipFormatException("a gzip header has the unknown flags " + Integer.toHexString(flags));
        }
        for (int i = 0; i < 6; i++) {
            headerByte();
        }
        if ((flags & EXTRA) != 0) {
            int length = headerByte() | headerByte() << Byte.SIZE;
            for (int i = 0; i < length; i++) {
                headerByte();
            }
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            headerByte();
            headerByte();
        }
        return header.toByteArray();
    }

    private void skipText() throws IOException {
        int value;
        do {
            value = headerByte();
        } while (value != 0);
    }

    private int headerByte() throws IOException {
        int value = readByte();
        header.write(value);
        if (header.size() > GzipFraming.MAX_KEPT) {
            throw new GzipFormatException("a gzip header at byte " + (offset - header.size()) + " is longer than "
                    + GzipFraming.MAX_KEPT + " bytes");
        }
        return value;
    }

    /** Inflates the member that the header began. */
    GzipMember readMember(byte[] headerOfMember, OutputStream content) throws IOException {
        long start = offset;
        CRC32 checksum = new CRC32();
        Inflater inflater = new Inflater(true);
        long length;
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    if (next == end && !fill()) {
                        throw new GzipFormatException("a gzip file ends at byte " + offset
                                + ", within the deflate stream from byte " + start);
                    }
                    inflater.setInput(buffer, next, end - next);
                    offset += end - next;
                    next = end;
                }
                int count = inflater.inflate(inflated);
                checksum.update(inflated, 0, count);
                content.write(inflated, 0, count);
            }
            next -= inflater.getRemaining();
            offset -= inflater.getRemaining();
            length = inflater.getBytesWritten();
        } catch (DataFormatException e) {
            throw new GzipFormatException("the deflate stream from byte " + start + " of a gzip file is damaged", e);
        } finally {
            inflater.end();
        }
        long streamLength = offset - start;
        readTrailer(checksum.getValue(), length);
        return new GzipMember(headerOfMember, start, streamLength, length);
    }

    private void readTrailer(long checksum, long length) throws IOException {
        long at = offset;
        try {
            long foundChecksum = readInt();
            long foundLength = readInt();
            if (foundChecksum != checksum || foundLength != (length & 0xffffffffL)) {
                throw new GzipFormatException("the trailer at byte " + at + " of a gzip file says checksum "
                        + Long.toHexString(foundChecksum) + " and length " + foundLength + "; the content has "
                        + Long.toHexString(checksum) + " and " + (length & 0xffffffffL));
            }
        } catch (EOFException e) {
            throw new GzipFormatException("a gzip file ends within the trailer at byte " + at, e);
        }
    }

    private long readInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (long) readByte() << shift;
        }
        return value;
    }

    /** What was read of a header that is none, and all that follows. */
    byte[] readTail() throws IOException {
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        header.writeTo(tail);
        do {
            if (tail.size() + end - next > GzipFraming.MAX_KEPT) {
                throw new GzipFormatException(
                        "more than " + GzipFraming.MAX_KEPT + " bytes follow the last member of a gzip file");
            }
            tail.write(buffer, next, end - next);
            offset += end - next;
            next = end;
        } while (fill());
        return tail.toByteArray();
    }

    private int readByte() throws IOException {
        if (next == end && !fill()) {
            throw new EOFException("a gzip file ends at byte " + offset);
        }
        offset++;
        return buffer[next++] & 0xff;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(file.read(buffer), 0);
        return end > 0;
    }
}
