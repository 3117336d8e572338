package dev.hotpatch.systemtests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReleaseTest {
    @Test
    void thereAreFortyDifferentOnes() throws Exception {
        List<Release> all = Release.all();
        assertEquals(40, all.size());
        assertEquals(40, new HashSet<>(all).size());
    }

    @Test
    void readsCoordinatesAndFurtherJars() {
        Release release = Release.parse("org.example:lib 1.0 1.1 a:b:1 c:d:2");
        assertEquals("org/example/lib/1.0/lib-1.0.jar", release.from().path());
        assertEquals("org/example/lib/1.1/lib-1.1.jar", release.to().path());
        assertEquals(List.of("a:b:1", "c:d:2"), release.extra());
    }

    @Test
    void refusesALineWithoutTwoVersions() {
        assertThrows(IllegalArgumentException.class, () -> Release.parse("org.example:lib 1.0"));
    }

    @Test
    void filtersAreParts() {
        Release release = Release.parse("org.example:lib 1.0 1.1");
        assertTrue(release.matches(List.of()));
        assertTrue(release.matches(List.of("other", "LIB 1.0")));
        assertFalse(release.matches(List.of("other")));
    }
}
