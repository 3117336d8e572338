package dev.hotpatch.patchformat.plan;

import java.util.List;
import java.util.Locale;

/**
 * A static method without parameters, of a new class of the patch, that is run in the JVM; in every loader that has the class.
 *
 * @param kind when it is run
 * @param className internal name of the new class
 * @param method its name
 * @param units in whose loaders it is run, ascending; each is one of the class's own
 */
public record Effect(Kind kind, String className, String method, List<Integer> units) {
    /** When an effect is run. */
    public enum Kind {
        /** After the patch is in: flush a cache. If it throws, the patch is taken out again. */
        APPLY,
        /** After the {@link #APPLY} ones: returns a boolean that must be true for the patch to count as effective. */
        PROBE,
        /** After a roll-back to the base; not when another patch takes this one's place. */
        ROLLBACK,
        /** After a roll-back to the base, last of all: lets go of what the patch kept in side tables. */
        DROP;

        /** The word in the index and in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The kind of that word.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("unknown kind of effect; known are apply, probe, rollback and drop");
        }
    }

    public Effect {
        units = List.copyOf(units);
    }

    /** True for a method name of class files (JVMS 4.2.2) but constructors, initialisers and names with a parenthesis. */
    public static boolean canName(String method) {
        return !method.isEmpty()
                && method.length() <= 65_535
                && method.chars().noneMatch(c -> Character.isISOControl(c) || ".;[/<>(".indexOf(c) >= 0);
    }
}
