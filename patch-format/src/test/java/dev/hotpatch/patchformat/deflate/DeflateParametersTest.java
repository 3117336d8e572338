package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeflateParametersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zlib/1",
                "zlib/9",
                "zlib/6/filtered",
                "zlib/6/default/9",
                "zlib/4/rle/1",
                "go/6",
                "go/0",
                "go/-2",
                "stored/1",
                "stored/65535",
                "pgzip/5"
            })
    void readsWhatItWrites(String text) {
        assertEquals(text, DeflateParameters.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zlib",
                "zlib/",
                "zlib/0",
                "zlib/10",
                "zlib/06",
                "ZLIB/6",
                "zlib/6/default",
                "zlib/6/default/8",
                "zlib/6/filtered/10",
                "zlib/6/x",
                "zlib/6/rle/9/1",
                "go/-1",
                "go/10",
                "go/6/rle",
                "go/6/default/9",
                "gzip/6",
                "pgzip/6",
                "stored/0",
                "stored/65536",
                "stored/6/rle",
                "stored/0",
                "stored/65536",
                "stored/6/rle",
                "zlib/99999999999"
            })
    void refusesOtherText(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> DeflateParameters.parse(text))
                .getMessage();
        assertTrue(message.contains("\"" + text + "\""), message);
    }

    @Test
    void showsOnlyTheBeginningOfLongText() {
        String message = assertThrows(IllegalArgumentException.class, () -> DeflateParameters.parse("x".repeat(5000)))
                .getMessage();
        assertTrue(message.length() < 300, message);
    }
}
