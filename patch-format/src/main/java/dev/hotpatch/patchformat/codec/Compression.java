package dev.hotpatch.patchformat.codec;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/** What a layer is compressed with. Told by its first bytes, since media types are often wrong. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;
    private static final int ZSTD_LEVEL = 19;
    /** What that level uses; readers take no more memory for what promises more. */
    private static final int ZSTD_WINDOW = 23;

    /**
     * The uncompressed content of {@code stored}. Reading to the end reads {@code stored} to its end, too, so that a verifying stream
     * below has the last word. Closing closes both.
     */
    public static InputStream decompress(InputStream stored) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stored, BUFFER);
        InputStream content = switch (detect(in)) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZSTD -> new ZstdInputStream(in);
        };
        return new DrainingInputStream(content, in);
    }

    /** Compresses small content as far as is sensible; the same content gives the same bytes. Closing ends it and leaves {@code out} open. */
    public static OutputStream zstd(OutputStream out) throws IOException {
        OutputStream kept = new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
        return new BufferedOutputStream(
                new ZstdOutputStream(kept, ZSTD_LEVEL).setWindowLog(ZSTD_WINDOW).setChecksum(true), BUFFER);
    }

    /** Reads what {@link #zstd} wrote, in bounded memory, whatever it promises. Closing closes {@code in}. */
    public static InputStream unzstd(InputStream in) throws IOException {
        return new BufferedInputStream(new ZstdInputStream(in).setLongMax(ZSTD_WINDOW), BUFFER);
    }

    private static Compression detect(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            return GZIP;
        }
        boolean zstd = magic.length == 4
                && magic[0] == 0x28
                && magic[1] == (byte) 0xb5
                && magic[2] == 0x2f
                && magic[3] == (byte) 0xfd;
        return zstd ? ZSTD : NONE;
    }
}
