package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.List;

/**
 * What becomes of a class that both sides have.
 *
 * @param decision noise, redefine or blocked
 * @param classFile what goes into the JVM if it is redefined; otherwise the target's class file; do not modify
 * @param reasons why it is blocked, or what may be without effect
 */
public record ClassVerdict(Decision decision, byte[] classFile, List<Reason> reasons) {
    public ClassVerdict {
        reasons = List.copyOf(reasons);
    }
}
