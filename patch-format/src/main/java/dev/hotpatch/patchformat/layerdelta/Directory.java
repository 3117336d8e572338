package dev.hotpatch.patchformat.layerdelta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The central directory of a zip with its end record (APPNOTE 4.3.12 and 4.3.16), from which the headers of entries can be made. In its
 * relative form, offsets are told from where the entry before ends, so that directories of nearly equal zips are nearly equal. For one thread.
 */
public final class Directory {
    /** Bytes of a local header without name and extra field. */
    public static final int LOCAL = 30;

    private static final int RECORD = 46;
    private static final int END = 22;
    private static final int MAX = 32 << 20;

    private final byte[] bytes;
    private final int[] records;
    private final int end;

    private Directory(byte[] bytes, int[] records, int end) {
        this.bytes = bytes;
        this.records = records;
        this.end = end;
    }

    /** Reads records up to the end record, with which the bytes must end but for its comment; none if they do not. Keeps the array. */
    public static @Nullable Directory parse(byte[] bytes) {
        List<Integer> records = new ArrayList<>();
        int at = 0;
        while (at + RECORD <= bytes.length && Little.u4(bytes, at) == 0x02014b50) {
            records.add(at);
            at += RECORD + Little.u2(bytes, at + 28) + Little.u2(bytes, at + 30) + Little.u2(bytes, at + 32);
        }
        boolean whole = bytes.length <= MAX
                && at + END <= bytes.length
                && Little.u4(bytes, at) == 0x06054b50
                && at + END + Little.u2(bytes, at + 20) == bytes.length;
        return whole ? new Directory(bytes, records.stream().mapToInt(i -> i).toArray(), at) : null;
    }

    public int size() {
        return records.length;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int flags(int entry) {
        return Little.u2(bytes, records[entry] + 8);
    }

    public int method(int entry) {
        return Little.u2(bytes, records[entry] + 10);
    }

    public long checksum(int entry) {
        return Little.u4(bytes, records[entry] + 16) & 0xffffffffL;
    }

    public long stored(int entry) {
        return Little.u4(bytes, records[entry] + 20) & 0xffffffffL;
    }

    public long length(int entry) {
        return Little.u4(bytes, records[entry] + 24) & 0xffffffffL;
    }

    public long offset(int entry) {
        return Little.u4(bytes, records[entry] + 42) & 0xffffffffL;
    }

    public String name(int entry) {
        return new String(bytes, records[entry] + RECORD, nameLength(entry), StandardCharsets.ISO_8859_1);
    }

    private int nameLength(int entry) {
        return Little.u2(bytes, records[entry] + 28);
    }

    /** Whether the checksum and sizes of an entry come behind it. */
    public boolean hasDescriptor(int entry) {
        return (flags(entry) & 8) != 0;
    }

    /** Adds to checksum and sizes of an entry, each modulo 2^32. */
    void add(int entry, long checksum, long stored, long length) {
        int at = records[entry];
        Little.put4(bytes, at + 16, (int) (checksum(entry) + checksum));
        Little.put4(bytes, at + 20, (int) (stored(entry) + stored));
        Little.put4(bytes, at + 24, (int) (length(entry) + length));
    }

    /** The relative form, with checksum and sizes of some entries 0 because they are derived. */
    public byte[] relativeWithout(boolean[] derived) {
        Directory copy = new Directory(relative(), records, end);
        for (int i = 0; i < derived.length; i++) {
            if (derived[i]) {
                copy.add(i, -checksum(i), -stored(i), -length(i));
            }
        }
        return copy.bytes;
    }

    /** The bytes with offsets told from where the entry before seems to end. */
    byte[] relative() {
        byte[] relative = bytes.clone();
        long expected = 0;
        for (int i = 0; i < records.length; i++) {
            Little.put4(relative, records[i] + 42, (int) (offset(i) - expected));
            expected = offset(i) + LOCAL + nameLength(i) + stored(i);
        }
        Little.put4(relative, end + 12, Little.u4(bytes, end + 12) - end);
        Little.put4(relative, end + 16, (int) (Little.u4(bytes, end + 16) - expected));
        return relative;
    }

    /** Takes back {@link #relative}, in place. */
    void makeAbsolute() {
        long expected = 0;
        for (int i = 0; i < records.length; i++) {
            Little.put4(bytes, records[i] + 42, (int) (offset(i) + expected));
            expected = offset(i) + LOCAL + nameLength(i) + stored(i);
        }
        Little.put4(bytes, end + 12, Little.u4(bytes, end + 12) + end);
        Little.put4(bytes, end + 16, (int) (Little.u4(bytes, end + 16) + expected));
    }

    /**
     * The local header of an entry as most tools write it.
     *
     * @param extra whether it has the extra field of its record, or none
     */
    public byte[] header(int entry, boolean extra) {
        int at = records[entry];
        int names = nameLength(entry);
        int extras = extra ? Little.u2(bytes, at + 30) : 0;
        byte[] header = new byte[LOCAL + names + extras];
        Little.put4(header, 0, 0x04034b50);
        System.arraycopy(bytes, at + 6, header, 4, 22);
        if (hasDescriptor(entry)) {
            Arrays.fill(header, 14, 26, (byte) 0);
        }
        header[26] = (byte) names;
        header[27] = (byte) (names >> 8);
        header[28] = (byte) extras;
        header[29] = (byte) (extras >> 8);
        System.arraycopy(bytes, at + RECORD, header, LOCAL, names + extras);
        return header;
    }

    /** What follows an entry that {@link #hasDescriptor}. */
    public byte[] descriptor(int entry, boolean signed) {
        byte[] descriptor = new byte[signed ? 16 : 12];
        if (signed) {
            Little.put4(descriptor, 0, 0x08074b50);
        }
        System.arraycopy(bytes, records[entry] + 16, descriptor, descriptor.length - 12, 12);
        return descriptor;
    }
}
