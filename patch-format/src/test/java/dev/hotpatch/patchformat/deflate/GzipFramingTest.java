package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class GzipFramingTest {
    private static final byte[] CONTENT = Contents.MIXED.bytes(200_000, 5);
    /** A header with an extra field, a name, a comment and a checksum. */
    private static final byte[] LONG_HEADER =
            HexFormat.of().parseHex("1f8b081e00096e8800ff" + "0300616263" + "612e74617200" + "78797a00" + "1234");

    @Test
    void rebuildsAFileOfTheJdk() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(CONTENT);
        }
        assertRebuilds(out.toByteArray(), CONTENT, 1, 0);
    }

    @Test
    void keepsHeadersOfAllMembersAndWhatFollows() throws IOException {
        byte[] shortHeader = Arrays.copyOf(LONG_HEADER, 10);
        shortHeader[3] = 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int half = CONTENT.length / 2;
        writeMember(out, LONG_HEADER, Arrays.copyOf(CONTENT, half));
        writeMember(out, shortHeader, Arrays.copyOfRange(CONTENT, half, CONTENT.length));
        writeMember(out, shortHeader, new byte[0]);
        byte[] members = out.toByteArray();
        assertRebuilds(members, CONTENT, 3, 0);
        for (String tail :
                new String[] {"00", "1f8b", "1f8b08e0", "1f8b0809", "00".repeat(512), "1f8b0810" + "61".repeat(1000)}) {
            ByteArrayOutputStream longer = new ByteArrayOutputStream();
            longer.write(members);
            longer.write(HexFormat.of().parseHex(tail));
            assertRebuilds(longer.toByteArray(), CONTENT, 3, tail.length() / 2);
        }
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeMember(out, LONG_HEADER, Arrays.copyOf(CONTENT, 3000));
        byte[] file = out.toByteArray();
        byte[] checksum = file.clone();
        checksum[file.length - 8]++;
        byte[] length = file.clone();
        length[file.length - 1]++;
        for (byte[] damaged : new byte[][] {
            {},
            {0x1f},
            "no gzip file".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(file, 20),
            Arrays.copyOf(file, file.length - 9),
            Arrays.copyOf(file, file.length - 1),
            checksum,
            length
        }) {
            assertThrows(GzipFormatException.class, () -> read(damaged));
        }
        for (byte[] mutant : Mutations.of(file, 300, 8)) {
            try {
                read(mutant);
            } catch (GzipFormatException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("gzip"), e::toString);
            }
        }
    }

    @Test
    void refusesATailThatIsTooLongToKeep() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeMember(out, LONG_HEADER, CONTENT);
        byte[] file = out.toByteArray();
        byte[] kept = Arrays.copyOf(file, file.length + GzipFraming.MAX_KEPT);
        assertEquals(GzipFraming.MAX_KEPT, read(kept).tail().length);
        assertThrows(GzipFormatException.class, () -> read(Arrays.copyOf(file, kept.length + 1)));
    }

    private static GzipFraming read(byte[] file) throws IOException {
        return GzipFraming.read(new ByteArrayInputStream(file), OutputStream.nullOutputStream());
    }

    private static void writeMember(OutputStream out, byte[] header, byte[] content) throws IOException {
        try (GzipMemberOutputStream member = new GzipMemberOutputStream(out, header, DeflateParameters.zlib(6))) {
            member.write(content);
        }
    }

    private static void assertRebuilds(byte[] file, byte[] content, int members, int tail) throws IOException {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        GzipFraming framing = GzipFraming.read(new ByteArrayInputStream(file), inflated);
        assertArrayEquals(content, inflated.toByteArray());
        assertEquals(content.length, framing.contentLength());
        assertEquals(members, framing.members().size());
        assertEquals(tail, framing.tail().length);
        ByteArrayOutputStream rebuilt = new ByteArrayOutputStream();
        int at = 0;
        for (GzipMember member : framing.members()) {
            int end = at + Math.toIntExact(member.contentLength());
            writeMember(rebuilt, member.header(), Arrays.copyOfRange(content, at, end));
            assertEquals(rebuilt.size(), member.end());
            at = end;
        }
        rebuilt.write(framing.tail());
        assertArrayEquals(file, rebuilt.toByteArray());
    }
}
