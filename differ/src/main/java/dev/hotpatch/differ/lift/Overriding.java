package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Which method another one overrides (JVM specification 5.4.5). */
final class Overriding {
    private Overriding() {}

    /** The method that the JVM runs today for objects of the class where it is to run the new one; null if there is none. */
    static Hierarchy.@Nullable Found overridden(Hierarchy before, String className, MemberId member, int flags) {
        Hierarchy.Found there = before.member(className, member);
        if (there == null || there.is(Opcodes.ACC_PRIVATE)) {
            return null;
        }
        return isVisible(there, className) ? there : null;
    }

    /** Whether a method of a class can override that one: it is not private, and package-private only within the package. */
    static boolean isVisible(Hierarchy.Found there, String className) {
        if (there.is(Opcodes.ACC_PRIVATE)) {
            return false;
        }
        return there.is(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)
                || there.owner().packageName().equals(ClassShape.packageOf(className));
    }
}
