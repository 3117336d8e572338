package dev.hotpatch.differ.lift;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link InsertedSuper} and {@link KeptClass} did with the target, for the reasons of the plan. For one thread. */
final class Rewriting {
    private final Map<String, String> refused = new HashMap<>();
    private final Set<String> keptClasses = new HashSet<>();

    /** The class is an interface in the target as that was read. */
    void keepsClass(String name) {
        keptClasses.add(name);
    }

    boolean isKeptClass(String name) {
        return keptClasses.contains(name);
    }

    /**
     * Rewrites classes of the target, all or none.
     *
     * @param name the class for whose sake it is done
     * @param obstacle why it cannot be done, or null
     * @param write the new class files
     */
    void attempt(World world, String name, Supplier<@Nullable String> obstacle, Supplier<Map<String, byte[]>> write) {
        try {
            String why = obstacle.get();
            if (why == null) {
                write.get().forEach(world::rewriteTarget);
            } else {
                refused.put(name, why);
            }
        } catch (LiftException e) {
            refused.put(name, e.reason().text());
        }
    }

    /** Why a class could not be rewritten, after what the sentence before it says; empty if nobody tried. */
    String refusal(String name, String before) {
        String why = refused.get(name);
        return why == null ? "" : before + why;
    }
}
