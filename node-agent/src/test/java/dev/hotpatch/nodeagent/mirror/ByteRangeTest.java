package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteRangeTest {
    private static String asked(String header) {
        ByteRange.Asked asked = ByteRange.of(Optional.ofNullable(header), 100);
        if (asked instanceof ByteRange.Asked.Part part) {
            return part.range().contentRange(100);
        }
        return asked instanceof ByteRange.Asked.Nothing ? "nothing" : "all";
    }

    @ParameterizedTest
    @CsvSource({
        ", all",
        "bytes=0-, bytes 0-99/100",
        "bytes=40-, bytes 40-99/100",
        "bytes=40-49, bytes 40-49/100",
        "bytes=99-, bytes 99-99/100",
        "bytes=0-1000, bytes 0-99/100",
        "bytes=-10, bytes 90-99/100",
        "bytes=-1000, bytes 0-99/100",
        "bytes=100-, nothing",
        "bytes=-0, nothing",
        "bytes=50-40, all",
        "bytes=-, all",
        "'bytes=0-1,5-6', all",
        "lines=0-1, all",
        "bytes=9999999999999999999-, all"
    })
    void readsWhatIsAskedFor(String header, String expected) {
        assertEquals(expected, asked(header));
    }
}
