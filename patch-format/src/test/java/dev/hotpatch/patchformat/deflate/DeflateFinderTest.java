package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeflateFinderTest {
    private static final byte[] CONTENT = Contents.MIXED.bytes(400_000, 3);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zlib/6",
                "zlib/1",
                "zlib/9",
                "zlib/9/default/9",
                "zlib/6/rle",
                "go/6",
                "go/1",
                "go/9",
                "go/0",
                "go/-2",
                "pgzip/5"
            })
    void findsWhoMadeAStream(String made) throws IOException {
        DeflateParameters parameters = DeflateParameters.parse(made);
        byte[] stream = make(CONTENT, parameters);
        assertEquals(Optional.of(parameters), DeflateFinder.forArchives().find(source(CONTENT), source(stream)));
        assertEquals(Optional.of(parameters), DeflateFinder.forLayers().find(source(CONTENT), source(stream)));
    }

    @Test
    void findsSomeoneWhoMakesTheSameOfLittleContent() throws IOException {
        for (int size : new int[] {0, 1, 10, 300}) {
            byte[] content = Contents.TEXT.bytes(size, 1);
            for (String made : new String[] {"zlib/9", "go/6"}) {
                byte[] stream = make(content, DeflateParameters.parse(made));
                DeflateParameters found = DeflateFinder.forArchives()
                        .find(source(content), source(stream))
                        .orElseThrow();
                assertEquals(made.substring(0, 2), found.toString().substring(0, 2));
                assertTrue(DeflateFinder.makes(found, source(content), source(stream)));
            }
        }
    }

    @Test
    void findsStoredBlocksOfAnySize() throws IOException {
        for (int size : new int[] {0, 1, 32_768, 65_535, 65_536, 400_000}) {
            byte[] content = Arrays.copyOf(CONTENT, size);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Deflater deflater = new Deflater(Deflater.NO_COMPRESSION, true);
            try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater, 512)) {
                for (int at = 0; at < size; at += 8192) {
                    stream.write(content, at, Math.min(8192, size - at));
                }
            }
            deflater.end();
            byte[] stream = out.toByteArray();
            DeflateParameters found = DeflateFinder.forArchives()
                    .find(source(content), source(stream))
                    .orElseThrow();
            assertTrue(DeflateFinder.makes(found, source(content), source(stream)), found::toString);
        }
    }

    @Test
    void tellsLevelsApartThatDifferOnlyLater() throws IOException {
        byte[] content = Contents.RANDOM.bytes(900_000, 9);
        System.arraycopy(CONTENT, 0, content, 500_000, CONTENT.length);
        byte[] stream = make(content, DeflateParameters.zlib(9));
        assertEquals(
                Optional.of(DeflateParameters.zlib(9)),
                DeflateFinder.forArchives().find(source(content), source(stream)));
    }

    @Test
    void findsNobodyWhereAByteOrABitDiffers() throws IOException {
        byte[] stream = make(CONTENT, DeflateParameters.zlib(6));
        byte[] flipped = stream.clone();
        flipped[stream.length - 1] ^= 0x40;
        byte[] shorter = Arrays.copyOf(stream, stream.length - 1);
        byte[] longer = Arrays.copyOf(stream, stream.length + 1);
        for (byte[] other : new byte[][] {flipped, shorter, longer, {}}) {
            assertFalse(DeflateFinder.forArchives()
                    .find(source(CONTENT), source(other))
                    .isPresent());
        }
        byte[] little = Arrays.copyOf(CONTENT, 1000);
        assertFalse(
                DeflateFinder.forArchives().find(source(little), source(longer)).isPresent());
    }

    @Test
    void readsTheWholeOnlyForEncodersThatMakeTheBeginning() throws IOException {
        byte[] stream = make(CONTENT, DeflateParameters.zlib(4));
        long[] read = {0};
        ByteSource counted = () -> new FilterInputStream(new ByteArrayInputStream(CONTENT)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                read[0] += Math.max(count, 0);
                return count;
            }
        };
        assertEquals(
                Optional.of(DeflateParameters.zlib(4)),
                DeflateFinder.forArchives().find(counted, source(stream)));
        assertTrue(read[0] < 2L * CONTENT.length, "bytes read: " + read[0]);
    }

    private static ByteSource source(byte[] bytes) {
        return () -> (InputStream) new ByteArrayInputStream(bytes);
    }

    private static byte[] make(byte[] content, DeflateParameters parameters) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeflateEncoder encoder = parameters.open(out);
        encoder.write(content, 0, content.length);
        encoder.finish();
        return out.toByteArray();
    }
}
