package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.layerdelta.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a zip are, told from its central directory, which must list the entries in the order in which they lie. Zips with
 * 64-bit fields and what else is odd have none, and are treated as files like others.
 *
 * @param start what offsets in the directory count from
 * @param directory records and end record
 * @param directoryOffset where it is
 * @param entries in order
 */
record ZipLayout(Region file, long start, Directory directory, long directoryOffset, List<Entry> entries) {
    private static final int END = 22;
    private static final int MAX_TAIL = 65_535 + END;
    private static final int MAX_DIRECTORY = 24 << 20;

    /**
     * One entry.
     *
     * @param offset of its header in the file
     * @param data of its stored bytes
     * @param end of its stored bytes and the descriptor that follows
     * @param signed whether a descriptor has a signature
     * @param plain whether header and descriptor are what the directory says
     */
    record Entry(
            int index, String name, byte[] header, long offset, long data, long end, boolean signed, boolean plain) {}

    static Optional<ZipLayout> of(Region file) throws IOException {
        if (file.length() < END) {
            return Optional.empty();
        }
        int tailLength = (int) Math.min(file.length(), MAX_TAIL);
        byte[] tail = file.read(file.length() - tailLength, tailLength);
        for (int i = tailLength - END; i >= 0; i--) {
            if (u4(tail, i) == 0x06054b50 && i + END + u2(tail, i + 20) == tailLength) {
                return of(
                        file,
                        file.length() - tailLength + i,
                        u4(tail, i + 12) & 0xffffffffL,
                        u4(tail, i + 16) & 0xffffffffL);
            }
        }
        return Optional.empty();
    }

    private static Optional<ZipLayout> of(Region file, long end, long size, long offset) throws IOException {
        long directoryOffset = end - size;
        long length = file.length() - directoryOffset;
        if (directoryOffset < offset || length > MAX_DIRECTORY) {
            return Optional.empty();
        }
        Directory directory = Directory.parse(file.read(directoryOffset, (int) length));
        if (directory == null || directory.size() == 0) {
            return Optional.empty();
        }
        long start = directoryOffset - offset;
        List<Entry> entries = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < directory.size(); i++) {
            Optional<Entry> entry = entry(file, directory, i, start, directoryOffset);
            if (entry.isEmpty() || entry.get().offset < position) {
                return Optional.empty();
            }
            position = entry.get().end;
            entries.add(entry.get());
        }
        return Optional.of(new ZipLayout(file, start, directory, directoryOffset, entries));
    }

    private static Optional<Entry> entry(Region file, Directory directory, int i, long start, long limit)
            throws IOException {
        long offset = start + directory.offset(i);
        if (offset + Directory.LOCAL > limit) {
            return Optional.empty();
        }
        byte[] fixed = file.read(offset, Directory.LOCAL);
        int headerLength = Directory.LOCAL + u2(fixed, 26) + u2(fixed, 28);
        long data = offset + headerLength;
        long dataEnd = data + directory.stored(i);
        if (u4(fixed, 0) != 0x04034b50 || dataEnd > limit) {
            return Optional.empty();
        }
        byte[] header = file.read(offset, headerLength);
        boolean behind = directory.hasDescriptor(i);
        boolean signed = false;
        boolean plain = u2(header, 6) == directory.flags(i)
                && u2(header, 8) == directory.method(i)
                && (directory.flags(i) & 1) == 0
                && directory.stored(i) != 0xffffffffL
                && directory.length(i) != 0xffffffffL;
        long end = dataEnd;
        if (behind) {
            byte[] after = file.read(dataEnd, (int) Math.min(16, limit - dataEnd));
            signed = Arrays.equals(after, directory.descriptor(i, true));
            boolean unsigned = !signed
                    && after.length >= 12
                    && Arrays.equals(Arrays.copyOf(after, 12), directory.descriptor(i, false));
            end += signed ? 16 : unsigned ? 12 : 0;
            plain &= signed || unsigned;
        } else {
            byte[] made = directory.header(i, false);
            plain &= Arrays.equals(header, 14, 26, made, 14, 26);
        }
        return Optional.of(new Entry(i, directory.name(i), header, offset, data, end, signed, plain));
    }

    /** The stored bytes of an entry. */
    Region stored(Entry entry) {
        return file.part(entry.data, directory.stored(entry.index));
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static int u4(byte[] bytes, int at) {
        return u2(bytes, at) | (u2(bytes, at + 2) << 16);
    }
}
