package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/**
 * The zlib that comes with the Java at hand, which is a fifth faster than {@link ZlibEncoder}, and fast from the first byte on. It is nearly always
 * the same as zlib's and sometimes another library that is not: whoever uses it compares what comes of it.
 */
public final class PlatformEncoder implements DeflateEncoder {
    private static final int BUFFER = 32 * 1024;
    /** The only memory level that the JDK uses. */
    private static final int MEMORY_LEVEL = 8;

    /** Whether the library is zlib as far as a sample shows. */
    private static final class Sample {
        static final boolean SAME = isSame();

        private static boolean isSame() {
            byte[] content = new byte[200_000];
            Random random = new Random(1);
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(64) : (i * 37) >> 5);
            }
            ByteArrayOutputStream ours = new ByteArrayOutputStream();
            ByteArrayOutputStream platforms = new ByteArrayOutputStream();
            try {
                write(content, new ZlibEncoder(ours, 6, Strategy.DEFAULT, MEMORY_LEVEL));
                write(content, new PlatformEncoder(platforms, 6, Strategy.DEFAULT));
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory failed", e);
            }
            return Arrays.equals(ours.toByteArray(), platforms.toByteArray());
        }

        private static void write(byte[] content, DeflateEncoder encoder) throws IOException {
            encoder.write(content, 0, content.length);
            encoder.finish();
        }
    }

    private final OutputStream out;
    private final Deflater deflater;
    private final byte[] buffer = new byte[BUFFER];

    /** As {@link ZlibEncoder}'s, with the default memory level. */
    public PlatformEncoder(OutputStream out, int level, Strategy strategy) {
        this.out = out;
        this.deflater = new Deflater(level, true);
        deflater.setStrategy(strategy.number());
    }

    /** Whether it is worth trying here for what {@link ZlibEncoder} makes with these settings. */
    public static boolean isLikelySame(Strategy strategy, int memoryLevel) {
        // The JDK knows no other strategies.
        boolean known = strategy == Strategy.DEFAULT || strategy == Strategy.FILTERED || strategy == Strategy.HUFFMAN;
        return known && memoryLevel == MEMORY_LEVEL && Sample.SAME;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        deflater.setInput(bytes, offset, length);
        while (!deflater.needsInput()) {
            drain(Deflater.NO_FLUSH);
        }
    }

    private int drain(int flush) throws IOException {
        int count = deflater.deflate(buffer, 0, BUFFER, flush);
        out.write(buffer, 0, count);
        return count;
    }

    @Override
    public void sync() throws IOException {
        while (drain(Deflater.SYNC_FLUSH) == BUFFER) {
            // There may be more.
        }
    }

    @Override
    public void finish() throws IOException {
        deflater.finish();
        while (!deflater.finished()) {
            drain(Deflater.NO_FLUSH);
        }
        deflater.end();
    }
}
