package dev.hotpatch.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * A tar with each deflated zip entry, at any depth, replaced by its content: what a general delta encoder is given so that it can see what
 * changed. All other bytes stay, so the same tar always gives the same bytes; the way back is not there, and its price not counted.
 */
final class InflatedTar {
    private static final byte[] LOCAL_HEADER = {'P', 'K', 3, 4};
    private static final byte[] END = {'P', 'K', 5, 6};
    private static final int END_LENGTH = 22;

    private InflatedTar() {}

    /** Sees each deflate stream, and each byte between them, in the order of the tar. */
    interface Visitor {
        /** Bytes that stay as they are. */
        void plain(byte[] bytes, int offset, int length) throws IOException;

        /**
         * A deflate stream that is not read further.
         *
         * @return whether its content is to be visited
         */
        boolean deflated(byte[] stream, byte[] content) throws IOException;
    }

    private record Part(long offset, long length, boolean deflated) {}

    /** Writes the tar inflated. */
    static void write(byte[] tar, OutputStream out) throws IOException {
        visit(tar, new Visitor() {
            @Override
            public void plain(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public boolean deflated(byte[] stream, byte[] content) {
                return true;
            }
        });
    }

    static void visit(byte[] tar, Visitor visitor) throws IOException {
        List<Part> parts = new ArrayList<>();
        try (TarFile files = new TarFile(new SeekableInMemoryByteChannel(tar))) {
            for (TarArchiveEntry entry : files.getEntries()) {
                if (entry.isFile()) {
                    parts.add(new Part(entry.getDataOffset(), entry.getSize(), false));
                }
            }
        }
        visit(tar, parts, visitor);
    }

    private static void visit(byte[] all, List<Part> parts, Visitor visitor) throws IOException {
        int done = 0;
        for (Part part : parts) {
            int offset = (int) part.offset();
            if (offset < done) {
                continue;
            }
            visitor.plain(all, done, offset - done);
            done = offset + (int) part.length();
            byte[] bytes = Arrays.copyOfRange(all, offset, done);
            byte[] content = part.deflated() ? inflate(bytes) : bytes;
            if (!part.deflated() || visitor.deflated(bytes, content)) {
                visit(content, zipParts(content), visitor);
            }
        }
        visitor.plain(all, done, all.length - done);
    }

    /** The entries with content, if that is a zip. */
    private static List<Part> zipParts(byte[] bytes) {
        if (!looksLikeZip(bytes)) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        try (ZipFile zip = ZipFile.builder()
                .setByteArray(bytes)
                .setIgnoreLocalFileHeader(false)
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                boolean deflated = entry.getMethod() == ZipEntry.DEFLATED;
                long offset = entry.getDataOffset();
                if (offset >= 0
                        && entry.getCompressedSize() > 0
                        && offset + entry.getCompressedSize() <= bytes.length
                        && (deflated || entry.getMethod() == ZipEntry.STORED)) {
                    parts.add(new Part(offset, entry.getCompressedSize(), deflated));
                }
            }
        } catch (IOException e) {
            // It only looked like one.
            return List.of();
        }
        return parts;
    }

    private static boolean looksLikeZip(byte[] bytes) {
        int end = bytes.length - END_LENGTH;
        return end > 0
                && (ByteBuffer.wrap(bytes, 0, LOCAL_HEADER.length).equals(ByteBuffer.wrap(LOCAL_HEADER))
                        || ByteBuffer.wrap(bytes, end, END.length).equals(ByteBuffer.wrap(END)));
    }

    private static byte[] inflate(byte[] stream) throws IOException {
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(stream), inflater)) {
            return in.readAllBytes();
        } finally {
            inflater.end();
        }
    }
}
