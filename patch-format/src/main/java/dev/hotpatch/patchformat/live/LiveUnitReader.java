package dev.hotpatch.patchformat.live;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads and checks {@code live.zip} from bytes that anybody may have made. */
public final class LiveUnitReader {
    private static final int MAX_ENTRIES = 65_535;
    private static final int MAX_CLASS = 16 << 20;
    private static final long MAX_TOTAL = 256L << 20;

    /** Gets the class files while they are read. */
    @FunctionalInterface
    public interface ClassFileSink {
        void accept(Digest digest, byte[] classFile) throws IOException;
    }

    private LiveUnitReader() {}

    /**
     * Reads to the end; every class file is handed to {@code sink} after its digest was checked.
     *
     * @throws LiveUnitException if anything is not as the format says
     */
    public static LiveIndex read(InputStream in, ClassFileSink sink) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        try {
            return entries(zip, sink);
        } catch (ZipException | IllegalArgumentException e) {
            throw new LiveUnitException("live unit: not a readable zip: " + e.getMessage());
        } catch (java.io.EOFException e) {
            throw new LiveUnitException("live unit: the zip is cut short");
        }
    }

    private static LiveIndex entries(ZipInputStream zip, ClassFileSink sink) throws IOException {
        ZipEntry first = zip.getNextEntry();
        if (first == null || !first.getName().equals(LiveIndex.ENTRY)) {
            throw new LiveUnitException("live unit: the first entry must be " + LiveIndex.ENTRY + ", found "
                    + (first == null ? "none" : printable(first.getName())));
        }
        byte[] head = zip.readNBytes(LiveIndex.MAX_BYTES + 1);
        checkIndexSize(head.length);
        LiveIndex index = LiveIndexParser.parse(head);
        Set<String> expected = new HashSet<>();
        index.classFiles().forEach(digest -> expected.add(entryName(digest)));
        long total = head.length;
        int count = 1;
        String previous = "";
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (!expected.remove(name)) {
                throw new LiveUnitException("live unit: the index does not name the entry " + printable(name));
            }
            if (name.compareTo(previous) <= 0) {
                throw new LiveUnitException("live unit: entries are not sorted at " + name);
            }
            previous = name;
            Digest digest = new Digest(name.substring("classes/".length(), name.length() - ".class".length()));
            byte[] content = zip.readNBytes(MAX_CLASS + 1);
            count++;
            total += content.length;
            checkClassSize(digest, content.length);
            checkTotals(count, total);
            if (!Digest.of(content).equals(digest)) {
                throw new LiveUnitException(
                        "live unit: expected a class file with digest " + digest + ", found " + Digest.of(content));
            }
            sink.accept(digest, content);
        }
        if (!expected.isEmpty()) {
            throw new LiveUnitException("live unit: " + expected.size() + " class files are missing, such as "
                    + expected.iterator().next());
        }
        return index;
    }

    static String entryName(Digest digest) {
        return "classes/" + digest.hex() + ".class";
    }

    static void checkIndexSize(int bytes) throws LiveUnitException {
        if (bytes > LiveIndex.MAX_BYTES) {
            throw new LiveUnitException("live unit: the index has more than " + LiveIndex.MAX_BYTES + " bytes");
        }
    }

    static void checkClassSize(Digest digest, int bytes) throws LiveUnitException {
        if (bytes > MAX_CLASS) {
            throw new LiveUnitException("live unit: class file " + digest + " has more than " + MAX_CLASS + " bytes");
        }
    }

    static void checkTotals(int count, long bytes) throws LiveUnitException {
        if (count > MAX_ENTRIES || bytes > MAX_TOTAL) {
            throw new LiveUnitException("live unit: more than " + MAX_ENTRIES + " entries or " + MAX_TOTAL
                    + " bytes; patch fewer classes at once");
        }
    }

    private static String printable(String name) {
        String safe = name.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 200 ? safe.substring(0, 200) + "…" : safe;
    }
}
