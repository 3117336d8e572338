package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's encoder, or ours where it is not zlib. */
final class PlatformDeflateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zlib/6",
                "zlib/1",
                "zlib/9/filtered",
                "zlib/6/huffman",
                "zlib/6/rle",
                "zlib/6/default/9",
                "go/6",
                "stored/5"
            })
    void makesWhatOursMakes(String name) throws IOException {
        DeflateParameters parameters = DeflateParameters.parse(name);
        assertArrayEquals(stream(parameters, false), stream(parameters, true));
    }

    private static byte[] stream(DeflateParameters parameters, boolean platform) throws IOException {
        byte[] content = "What is written once may be written again, and again. "
                .repeat(4000)
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeflateEncoder encoder = parameters.open(out, platform);
        for (int at = 0; at < content.length; at += 10_007) {
            encoder.write(content, at, Math.min(10_007, content.length - at));
        }
        encoder.write(content, 0, 0);
        encoder.finish();
        return out.toByteArray();
    }
}
