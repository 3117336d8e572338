package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.KnownGroups;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about classes when other forms of the same two sides were compiled, as for other releases of Java: most of their
 * classes are the same. Safe for several threads.
 */
public final class Known {
    /**
     * Two classes.
     *
     * @param base digest of the base's class file, or empty
     * @param target digest of the target's class file as it is there
     */
    record Pair(String name, String base, String targetName, String target) {}

    /**
     * How two classes compare.
     *
     * @param renamed the target's class file under the names of the patched JVM, which depend on other classes; null if it is the same
     */
    private record Compared(byte @Nullable [] renamed, Comparison.Outcome outcome) {}

    private final KnownGroups groups = new KnownGroups();
    private final Map<Pair, Compared> compared = new ConcurrentHashMap<>();
    private final Map<String, ClassShape> shapes = new ConcurrentHashMap<>();

    KnownGroups groups() {
        return groups;
    }

    /** @param renamed as the target's class file is compared, if it is not as it is there */
    Comparison.Outcome compared(Pair pair, byte @Nullable [] renamed, Supplier<Comparison.Outcome> compare) {
        Compared earlier = compared.get(pair);
        if (earlier != null && Arrays.equals(earlier.renamed, renamed)) {
            return earlier.outcome;
        }
        Comparison.Outcome outcome = compare.get();
        compared.put(pair, new Compared(renamed, outcome));
        return outcome;
    }

    /** Of a class file that is there. */
    @Nullable
    ClassShape shape(String digest) {
        return shapes.get(digest);
    }

    void shape(String digest, ClassShape shape) {
        shapes.put(digest, shape);
    }
}
