package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import dev.hotpatch.patchformat.deflate.zlib.Strategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is the zlib of the JDK or, where the JDK has none of its own, of the machine. */
final class ZlibStreamsTest {
    private static final int[] SMALL = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 257, 258, 259, 260, 261, 262, 263, 264, 520, 1000, 4097
    };
    private static final int[] LARGE = {
        16_382, 16_383, 16_384, 32_767, 32_768, 32_769, 65_273, 65_274, 65_275, 65_276, 65_535, 65_536, 65_537, 98_042,
        98_304, 131_072, 200_000
    };

    @ParameterizedTest
    @EnumSource
    void makesWhatZlibMakesOfLittleContent(Contents contents) throws IOException {
        for (int size : SMALL) {
            byte[] content = contents.bytes(size, size);
            for (int level = 1; level <= 9; level++) {
                for (Strategy strategy : new Strategy[] {Strategy.DEFAULT, Strategy.FILTERED, Strategy.HUFFMAN}) {
                    check(content, level, strategy);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesWhatZlibMakesAroundTheEndsOfWindowsAndBlocks(Contents contents) throws IOException {
        int turn = 0;
        for (int size : LARGE) {
            byte[] content = contents.bytes(size, size);
            // The most used level always, the others in turn.
            check(content, 6, Strategy.DEFAULT);
            check(content, 1 + (turn++ + contents.name().length()) % 9, Strategy.DEFAULT);
        }
    }

    @Test
    void makesWhatStreamsOfTheJdkMakeWhateverTheSizesOfWrites() throws IOException {
        Random random = new Random(5);
        for (Contents contents : Contents.values()) {
            byte[] content = contents.bytes(150_000, 7);
            byte[] made = make(content, DeflateParameters.zlib(6), content.length + 1, false);
            for (int piece : new int[] {512, 8192, 1 + random.nextInt(3000), 65_535}) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(out, 512)) {
                    for (int at = 0; at < content.length; at += piece) {
                        gzip.write(content, at, Math.min(piece, content.length - at));
                    }
                }
                byte[] file = out.toByteArray();
                assertArrayEquals(
                        made, Arrays.copyOfRange(file, 10, file.length - 8), contents + " in pieces of " + piece);
                assertArrayEquals(
                        made,
                        make(content, DeflateParameters.zlib(6), piece, false),
                        contents + " written in pieces of " + piece);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void marksWhereZlibMarksWhenItIsFlushed(Contents contents) throws IOException {
        byte[] content = contents.bytes(70_000, 11);
        for (int level : new int[] {2, 6}) {
            for (int piece : new int[] {1, 2, 5, 333, 32_768, 65_536}) {
                int length = piece < 6 ? 200 : content.length;
                byte[] part = Arrays.copyOf(content, length);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Deflater deflater = new Deflater(level, true);
                try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater, 1 << 20, true)) {
                    for (int at = 0; at < length; at += piece) {
                        stream.write(part, at, Math.min(piece, length - at));
                        stream.flush();
                    }
                    stream.flush();
                }
                deflater.end();
                byte[] made = make(part, DeflateParameters.zlib(level), piece, true);
                assertArrayEquals(out.toByteArray(), made, contents + " at level " + level + " flushed every " + piece);
            }
        }
    }

    private static void check(byte[] content, int level, Strategy strategy) throws IOException {
        DeflateParameters parameters = new DeflateParameters(
                DeflateParameters.Family.ZLIB, level, strategy, DeflateParameters.DEFAULT_MEMORY_LEVEL);
        assertArrayEquals(
                ofZlib(content, level, strategy),
                make(content, parameters, content.length + 1, false),
                () -> content.length + " bytes with " + parameters);
    }

    private static byte[] make(byte[] content, DeflateParameters parameters, int piece, boolean flush)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeflateEncoder encoder = parameters.open(out);
        for (int at = 0; at < content.length; at += piece) {
            encoder.write(content, at, Math.min(piece, content.length - at));
            if (flush) {
                encoder.sync();
            }
        }
        if (flush) {
            encoder.sync();
        }
        encoder.finish();
        return out.toByteArray();
    }

    private static byte[] ofZlib(byte[] content, int level, Strategy strategy) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setStrategy(strategy.number());
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
