package dev.hotpatch.jvmagent.core;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a zip of which every byte is accounted for: the local entries from the first byte on, the directory that says
 * the same of them, the end record, nothing else. The JDK's readers would believe one of the two and skip the rest.
 */
final class ZipReader {
    static final int MAX_ENTRIES = 65_535;
    static final int MAX_ENTRY = 16 << 20;
    /** Bound of all inflated bytes: 256 MiB of classes and the index. */
    static final long MAX_TOTAL = (256L << 20) + MAX_ENTRY;

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int FLAG_DESCRIPTOR = 8;
    private static final int FLAG_UTF8 = 0x800;
    /** The two bits in which a deflater says how hard it tried. */
    private static final int FLAG_LEVEL = 6;

    private final byte[] zip;
    /** End of the local entries that have been read. */
    private int position;

    private long total;

    private ZipReader(byte[] zip) {
        this.zip = zip;
    }

    /** The entries in the order of the file; names are ASCII. */
    static Map<String, byte[]> read(byte[] zip) throws Refusal {
        try {
            return new ZipReader(zip).entries();
        } catch (IndexOutOfBoundsException e) {
            throw new Refusal(Refusal.BAD_ARCHIVE, "live unit: a zip record lies outside the file", e);
        }
    }

    private Map<String, byte[]> entries() throws Refusal {
        int end = zip.length - 22;
        check(end >= 0 && int4(end) == END, "no zip end record in the last 22 bytes; is the file complete?");
        int count = int2(end + 10);
        int directorySize = size(end + 12);
        int directory = size(end + 16);
        check(int4(end + 4) == 0 && int2(end + 8) == count && int2(end + 20) == 0, "zip in parts, or with a comment");
        check((long) directory + directorySize == end, "the zip directory does not end where the end record begins");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        int at = directory;
        for (int i = 0; i < count; i++) {
            check(at + 46L <= end && int4(at) == CENTRAL, "directory record " + i + " is missing");
            int nameLength = int2(at + 28);
            long next = at + 46L + nameLength + int2(at + 30) + int2(at + 32);
            check(next <= end, "directory record " + i + " is longer than the directory");
            String name = name(at + 46, nameLength);
            check(entries.put(name, entry(at, name)) == null, "two entries named " + name);
            at = (int) next;
        }
        check(at == end, "bytes between the last directory record and the end record");
        check(position == directory, "bytes between the last entry and the directory");
        return entries;
    }

    /** The entry that the directory record at {@code central} tells of; it begins where the one before ended. */
    private byte[] entry(int central, String name) throws Refusal {
        int flags = int2(central + 8);
        int method = int2(central + 10);
        int crc = int4(central + 16);
        int packed = size(central + 20);
        int length = size(central + 24);
        check(length <= MAX_ENTRY, name + ": " + length + " bytes, at most " + MAX_ENTRY + " allowed");
        total += length;
        check(total <= MAX_TOTAL, "more than " + MAX_TOTAL + " bytes inflated");
        check((flags & ~(FLAG_DESCRIPTOR | FLAG_UTF8 | FLAG_LEVEL)) == 0, name + ": encrypted or otherwise unusual");
        check((method == 0 && packed == length) || method == 8, name + ": neither stored nor deflated");

        int local = size(central + 42);
        check(local == position && int4(local) == LOCAL, name + ": does not begin at byte " + position);
        int nameLength = int2(local + 26);
        check(name.equals(name(local + 30, nameLength)), name + ": another name in its own header");
        check(int2(local + 6) == flags && int2(local + 8) == method, name + ": header and directory disagree");
        boolean described = (flags & FLAG_DESCRIPTOR) != 0;
        int from = local + 30 + nameLength + int2(local + 28);
        check((long) from + packed + (described ? 16 : 0) <= zip.length, name + ": longer than the file");
        int to = from + packed;
        if (described) {
            check(sizes(local + 14, 0, 0, 0), name + ": sizes both before and after the data");
            check(int4(to) == DESCRIPTOR && sizes(to + 4, crc, packed, length), name + ": sizes disagree");
        } else {
            check(sizes(local + 14, crc, packed, length), name + ": header and directory disagree");
        }
        position = described ? to + 16 : to;

        byte[] data = method == 0 ? java.util.Arrays.copyOfRange(zip, from, to) : inflate(name, from, packed, length);
        CRC32 actual = new CRC32();
        actual.update(data, 0, data.length);
        check((int) actual.getValue() == crc, name + ": the CRC is wrong");
        return data;
    }

    private byte[] inflate(String name, int from, int packed, int length) throws Refusal {
        // Deflate cannot do better than 1:1032, so a small file cannot make us allocate much.
        check(length <= packed * 1032L, name + ": " + packed + " bytes cannot inflate to " + length);
        byte[] data = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(zip, from, packed);
            int n = 0;
            while (n < length) {
                int step = inflater.inflate(data, n, length - n);
                check(step > 0, name + ": the data ends after " + n + " of " + length + " bytes");
                n += step;
            }
            // The end-of-block mark may still be unread.
            check(inflater.inflate(new byte[1]) == 0 && inflater.finished(), name + ": more data than " + length);
            check(inflater.getRemaining() == 0, name + ": bytes after the compressed data");
            return data;
        } catch (DataFormatException e) {
            throw new Refusal(Refusal.BAD_ARCHIVE, "live unit: " + name + ": not deflate data", e);
        } finally {
            inflater.end();
        }
    }

    private boolean sizes(int at, int crc, int packed, int length) {
        return int4(at) == crc && int4(at + 4) == packed && int4(at + 8) == length;
    }

    private String name(int at, int length) throws Refusal {
        String name = new String(zip, at, length, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < length; i++) {
            check(
                    name.charAt(i) > ' ' && name.charAt(i) < 0x7f,
                    "an entry's name has the byte " + (int) name.charAt(i));
        }
        return name;
    }

    private int size(int at) throws Refusal {
        int value = int4(at);
        check(value >= 0, "a size over 2 GiB, or zip64, at byte " + at);
        return value;
    }

    private int int2(int at) {
        return (zip[at] & 0xff) | ((zip[at + 1] & 0xff) << 8);
    }

    private int int4(int at) {
        return int2(at) | (int2(at + 2) << 16);
    }

    private static void check(boolean ok, String problem) throws Refusal {
        if (!ok) {
            throw new Refusal(Refusal.BAD_ARCHIVE, "live unit: " + problem);
        }
    }
}
