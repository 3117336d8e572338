package dev.hotpatch.differ.only;

import dev.hotpatch.differ.classes.ClassComparison;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Whether there is anything to take. */
final class Changes {
    private Changes() {}

    /** Whether a method is the same on both sides, with the lambdas and anonymous classes in it, as far as that can be told. */
    static boolean isSame(ClassNode before, ClassNode after, Member member) {
        MethodNode then = Release.method(before, member);
        MethodNode now = Release.method(after, member);
        if (then == null || now == null) {
            return false;
        }
        References uses = References.of(now);
        boolean numbered = uses.classes().stream().anyMatch(Release::isNumbered)
                || uses.members().stream().anyMatch(use -> use.member().name().contains("$"));
        return !numbered && then.access == now.access && ClassComparison.sameCode(then, now);
    }
}
