package dev.hotpatch.differ.lift;

import dev.hotpatch.patchformat.plan.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What becomes of classes.
 *
 * @param redefined classes of the base that get another class file, by name
 * @param defined classes that the JVM gets in addition, by name: new ones of the target and companions
 * @param noise classes whose bytes differ and whose meaning does not
 * @param removed classes that only the base has
 * @param blocked classes that cannot go live, with the reasons
 * @param sideTables those of {@code defined} that forget their values when {@code hotpatchDrop} is called
 * @param renamed names in the target that became other ones, by the name in the target
 */
public record Compilation(
        SortedMap<String, Redefined> redefined,
        SortedMap<String, Defined> defined,
        SortedSet<String> noise,
        SortedSet<String> removed,
        SortedMap<String, List<Reason>> blocked,
        SortedSet<String> sideTables,
        SortedMap<String, String> renamed) {
    /**
     * A class file to redefine with; do not modify.
     *
     * @param lifted whether it is another than the target's in more than the order of members
     * @param reasons how it goes live, and what may be without effect
     */
    public record Redefined(String name, byte[] bytes, boolean lifted, List<Reason> reasons) {
        public Redefined {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A class file to define; do not modify.
     *
     * @param targetName its name in the target, or empty for a companion
     * @param owner the class that a companion belongs to, or empty
     */
    public record Defined(String name, byte[] bytes, String targetName, String owner) {}

    /** The names in the target of classes that have other ones in the patched JVM, by those. */
    public Map<String, String> targetNames() {
        Map<String, String> names = new HashMap<>();
        renamed.forEach((target, name) -> names.put(name, target));
        return names;
    }
}
