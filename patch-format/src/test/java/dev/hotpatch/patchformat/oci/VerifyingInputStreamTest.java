package dev.hotpatch.patchformat.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class VerifyingInputStreamTest {
    private static final byte[] CONTENT = "what the descriptor promises".getBytes(StandardCharsets.UTF_8);

    @Test
    void endsCleanlyOnTheRightContent() throws IOException {
        assertArrayEquals(CONTENT, over(CONTENT, Descriptor.of("x", CONTENT)).readAllBytes());
    }

    @Test
    void neverEndsCleanlyOnAnotherContent() {
        byte[] altered = CONTENT.clone();
        altered[3] ^= 1;
        InputStream in = over(altered, Descriptor.of("x", CONTENT));
        DigestMismatchException e = assertThrows(DigestMismatchException.class, in::readAllBytes);
        assertEquals(true, e.getMessage().contains(Digest.of(altered).toString()));
    }

    @Test
    void neverEndsCleanlyWhenCutShort() {
        InputStream in = over(java.util.Arrays.copyOf(CONTENT, 5), Descriptor.of("x", CONTENT));
        assertThrows(DigestMismatchException.class, in::readAllBytes);
    }

    @Test
    void handsOutNoMoreThanThePromisedSize() throws IOException {
        byte[] longer = java.util.Arrays.copyOf(CONTENT, CONTENT.length + 1);
        InputStream in = over(longer, Descriptor.of("x", CONTENT));
        assertEquals(CONTENT.length, in.readNBytes(CONTENT.length).length);
        assertThrows(DigestMismatchException.class, in::read);
    }

    @Test
    void hashesWhatIsSkipped() throws IOException {
        InputStream in = over(CONTENT, Descriptor.of("x", CONTENT));
        assertEquals(4, in.skip(4));
        assertEquals(CONTENT.length - 4, in.readAllBytes().length);
    }

    @Test
    void verifiesEmptyContent() throws IOException {
        assertEquals(-1, over(new byte[0], Descriptor.of("x", new byte[0])).read());
        assertThrows(
                DigestMismatchException.class,
                () -> over(
                                new byte[0],
                                new Descriptor(
                                        "x",
                                        Digest.of(CONTENT),
                                        0,
                                        java.util.Map.of(),
                                        java.util.Optional.empty(),
                                        java.util.Optional.empty()))
                        .read());
    }

    private static InputStream over(byte[] content, Descriptor promise) {
        return new VerifyingInputStream(new ByteArrayInputStream(content), promise);
    }
}
