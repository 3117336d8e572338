package dev.hotpatch.patchformat.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class CompressionTest {
    private static final byte[] CONTENT = content();

    @Test
    void readsGzipZstdAndPlainWhateverTheyAreCalled() throws IOException {
        for (byte[] stored : new byte[][] {gzip(), Zstd.compress(CONTENT), CONTENT, {}, {1}}) {
            byte[] expected = stored.length < 2 ? stored : CONTENT;
            try (InputStream in = Compression.decompress(new ByteArrayInputStream(stored))) {
                assertArrayEquals(expected, in.readAllBytes());
            }
        }
    }

    @Test
    void noticesBytesAddedAfterTheCompressedData() throws IOException {
        byte[] stored = gzip();
        byte[] longer = Arrays.copyOf(stored, stored.length + 100_000);
        InputStream verifying = new VerifyingInputStream(new ByteArrayInputStream(longer), Descriptor.of("x", stored));
        try (InputStream in = Compression.decompress(verifying)) {
            assertThrows(DigestMismatchException.class, in::readAllBytes);
        }
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(CONTENT);
        }
        return out.toByteArray();
    }

    private static byte[] content() {
        byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        Arrays.fill(bytes, 1000, 100_000, (byte) 7);
        bytes[0] = 'x';
        return bytes;
    }
}
