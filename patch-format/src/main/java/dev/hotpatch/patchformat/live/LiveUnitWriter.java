package dev.hotpatch.patchformat.live;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code live.zip}; the same index and classes always give the same bytes with one deflate implementation. */
public final class LiveUnitWriter {
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Where the class files come from. */
    @FunctionalInterface
    public interface ClassFiles {
        /** The class file with that digest. */
        byte[] read(Digest digest) throws IOException;
    }

    private LiveUnitWriter() {}

    /**
     * Writes one zip.
     *
     * @param out gets the zip; is not closed
     * @throws IOException if a class file is missing, has another digest than it should, or a bound of the format is passed
     */
    public static void write(LiveIndex index, ClassFiles classes, OutputStream out) throws IOException {
        byte[] head = index.bytes();
        LiveUnitReader.checkIndexSize(head.length);
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_COMPRESSION);
        put(zip, LiveIndex.ENTRY, head);
        long total = head.length;
        int count = 1;
        for (Digest digest : index.classFiles()) {
            byte[] content = classes.read(digest);
            if (!Digest.of(content).equals(digest)) {
                throw new IOException("class file " + digest + " has other content: " + Digest.of(content));
            }
            total += content.length;
            count++;
            LiveUnitReader.checkClassSize(digest, content.length);
            LiveUnitReader.checkTotals(count, total);
            put(zip, LiveUnitReader.entryName(digest), content);
        }
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(FIXED_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
