package dev.hotpatch.patchformat.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReleasesTest {
    @ParameterizedTest
    @ValueSource(strings = {"9-", "-8", "9-16", "17-17", "1-998"})
    void readsWhatItWrites(String text) {
        assertEquals(text, Releases.parse(text).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "9", "16-9", "09-", "0-8", "-0", "9-1000", "-999", "9--", "a-", "9-16-"})
    void refusesEverythingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> Releases.parse(text));
    }

    @Test
    void knowsWhatBelongsToThem() {
        Releases some = Releases.parse("9-16");
        assertFalse(some.has(8));
        assertTrue(some.has(9));
        assertTrue(some.has(16));
        assertFalse(some.has(17));
        assertFalse(some.overlap(Releases.parse("17-")));
        assertTrue(some.overlap(Releases.ALL));
        assertEquals("9-", some.with(Releases.parse("17-")).text());
    }
}
