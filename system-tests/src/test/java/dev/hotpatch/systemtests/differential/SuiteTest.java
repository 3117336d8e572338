package dev.hotpatch.systemtests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuiteTest {
    @Test
    void thereAreSeven() throws Exception {
        assertEquals(7, Suite.all().size());
    }

    @Test
    void readsCoordinatesSkippedClassesAndFurtherJars() {
        Suite suite = Suite.parse("org.example:lib 1.0 1.1 tests skip=.*All a:b:1");
        assertEquals("org/example/lib/1.1/lib-1.1-tests.jar", suite.tests().path());
        assertEquals(".*All", suite.skipped().get(0).pattern());
        assertEquals(List.of("a:b:1"), suite.extra());
        assertThrows(IllegalArgumentException.class, () -> Suite.parse("org.example:lib 1.0 1.1"));
    }

    @Test
    void aSampleIsSpreadOverAll() {
        List<String> all = List.of("a", "b", "c", "d", "e");
        assertEquals(List.of("a", "c"), Sample.of(all, 2));
        assertEquals(all, Sample.of(all, 0));
        assertEquals(all, Sample.of(all, 9));
    }
}
