package dev.hotpatch.systemtests.programs.generate;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Some source text.
 *
 * @param text the source
 * @param uses the members and variables that it names, by identity
 */
record Code(String text, Set<Object> uses) {
    static Code of(String text, Object... uses) {
        Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(all, uses);
        return new Code(text, all);
    }

    /** Replaces each {@code $} in a pattern by the next part. */
    static Code fill(String pattern, Code... parts) {
        Code result = of("");
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '$') {
                text.append(parts[next].text);
                result.uses.addAll(parts[next].uses);
                next++;
            } else {
                text.append(c);
            }
        }
        return new Code(text.toString(), result.uses);
    }

    boolean usesAny(Set<Object> things) {
        return uses.stream().anyMatch(things::contains);
    }
}
