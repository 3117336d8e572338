package dev.hotpatch.patchformat.layerdelta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackedTarTest {
    private static final int SIZE = 300_000;
    private final byte[] tar = new byte[SIZE];

    @TempDir
    Path folder;

    UnpackedTarTest() {
        new Random(1).nextBytes(tar);
    }

    @Test
    void givesWhatIsThereBeforeTheRestIs() throws IOException {
        byte[] read = new byte[1000];
        PipedOutputStream source = new PipedOutputStream();
        try (UnpackedTar unpacked = UnpackedTar.start(new PipedInputStream(source, SIZE), SIZE, folder)) {
            source.write(tar, 0, 2000);
            source.flush();
            unpacked.read(500, read, 1000);
            assertArrayEquals(Arrays.copyOfRange(tar, 500, 1500), read);
            source.write(tar, 2000, SIZE - 2000);
            source.close();
            unpacked.read(SIZE - 1000, read, 1000);
            assertArrayEquals(Arrays.copyOfRange(tar, SIZE - 1000, SIZE), read);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void refusesToReadWhereATarHasAnotherSizeThanIsSaid() throws IOException {
        byte[] read = new byte[10];
        for (int size : new int[] {SIZE - 1, SIZE + 1, SIZE + 100_000}) {
            try (UnpackedTar unpacked = UnpackedTar.start(new ByteArrayInputStream(tar), size, folder)) {
                assertThrows(LayerDeltaException.class, () -> unpacked.read(size, read, 10));
                assertThrows(LayerDeltaException.class, () -> unpacked.read(Math.max(size, SIZE + 1) - 10, read, 10));
            }
        }
    }

    @Test
    void saysWhatWentWrongWhileItWasUnpacked() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new DigestMismatchException("another layer");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        try (UnpackedTar unpacked = UnpackedTar.start(failing, SIZE, folder)) {
            assertThrows(DigestMismatchException.class, () -> unpacked.read(0, new byte[10], 10));
        }
    }
}
