package dev.hotpatch.differ.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SubtypesTest {
    private static final Map<String, ClassShape> SHAPES = Map.of(
            "Base", shape("Base", "java/lang/Object"),
            "Library", shape("Library", "Base", "Runnable"),
            "Below", shape("Below", "Library"),
            "Another", shape("Another", "Base"));

    private static ClassShape shape(String name, @Nullable String superName, String... interfaces) {
        return new ClassShape(name, 52, 0, superName, List.of(interfaces), Map.of(), name, List.of(), false, null);
    }

    private final Subtypes subtypes = Subtypes.of(Set.of("Base", "Below", "Another"), SHAPES::get);

    @Test
    void findsWhatIsBelowByWayOfAClassThatIsNotAskedFor() {
        assertEquals(List.of("Another", "Below"), subtypes.of("Base"));
        assertEquals(List.of("Below"), subtypes.of("Library"));
    }

    @Test
    void findsWhatIsBelowAnInterfaceThatNobodyKnows() {
        assertEquals(List.of("Below"), subtypes.of("Runnable"));
        assertEquals(List.of(), subtypes.of("Below"));
    }
}
