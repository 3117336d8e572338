package dev.hotpatch.patchformat.codec;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** What a layer is compressed with. Told by its first bytes, since media types are often wrong. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;

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
