package dev.hotpatch.differ.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MovedStateTest {
    private static String reasons(String before, String after) {
        Compilation compilation = Compiled.of(before).to(Compiled.of(after));
        assertEquals(Map.of(), compilation.blocked());
        return Compiled.reasons(compilation, "A");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int count = 1;            | long count = 1;             | A.count:I
            int count;                | int counter;                | A.count:I
            final Object lock = "";   | final Object mutex = "";    | A.lock:Ljava/lang/Object;
            static int open;          | static int opened;          | A.open:I
            """)
    void namesTheRemovedFieldWhoseValuesStayBehind(String before, String after, String origin) {
        String reasons = reasons("class A { " + before + " }", "class A { " + after + " }");
        assertTrue(reasons.contains("state-not-moved: ") && reasons.contains(origin), reasons);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int count;                                | int count; int more;
            int count;                                | String name = "";
            static int count;                         | int count;
            static final Object LOG = new Object();   | static final Object LOGGER = new Object();
            """)
    void saysNothingOfFieldsThatStandForNoOther(String before, String after) {
        String reasons = reasons("class A { " + before + " }", "class A { " + after + " int a() { return 1; } }");
        assertFalse(reasons.contains("state-not-moved"), reasons);
    }

    @Test
    void findsAFieldThatMovedUpOrDown() {
        String up = "class A { int count; int a() { return count; } } class B extends A { }";
        String down = "class A { int a() { return 0; } } class B extends A { int count; }";
        assertTrue(reasons(down, up).contains("B.count:I"), reasons(down, up));
        String below = Compiled.reasons(Compiled.of(up).to(Compiled.of(down)), "B");
        assertTrue(below.contains("A.count:I"), below);
    }
}
