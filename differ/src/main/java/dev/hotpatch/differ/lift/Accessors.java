package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.companion.AccessCompanion;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.tree.MethodInsnNode;

/** The access companions of a patch, each made when it is first needed. For one thread. */
final class Accessors {
    private final LiftPlan plan;
    private final SortedMap<String, AccessCompanion> companions = new TreeMap<>();

    Accessors(LiftPlan plan) {
        this.plan = plan;
    }

    /**
     * The call that does what only {@code owner} may.
     *
     * @param holder the class that the instruction names, {@code owner} or a super type
     */
    MethodInsnNode access(
            AccessCompanion.Kind kind,
            String owner,
            String holder,
            boolean holderIsInterface,
            String name,
            String desc) {
        ClassShape shape = plan.world().shapeInJvm(owner);
        boolean itf = shape != null && shape.isInterface();
        return companions
                .computeIfAbsent(owner, any -> new AccessCompanion(plan.accessCompanion(owner), owner, itf))
                .access(kind, holder, holderIsInterface, name, desc);
    }

    /** By the class that they give access to. */
    SortedMap<String, AccessCompanion> companions() {
        return companions;
    }
}
