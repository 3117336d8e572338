package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method that a class of the target overrides and none of the base does: it asks first whether the object is of that class. Who means
 * the method itself, by {@code super}, calls a copy of it.
 */
final class Originals {
    private Originals() {}

    /** The call of the copy. */
    static MethodInsnNode call(LiftPlan plan, Hierarchy.Found found) {
        String host = found.owner().name();
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                plan.companion(host),
                plan.original(host, found.member()),
                LiftedMethod.withReceiver(host, found.member().desc()),
                false);
    }

    /** Puts the question in front of the method's code. */
    static void ask(LiftPlan plan, Companions companions, String host, MethodNode method) {
        MemberId member = MemberId.of(method);
        Hierarchy after = plan.world().after();
        List<String> overriders = new ArrayList<>(plan.overridden(host).get(member));
        overriders.sort(
                Comparator.comparingInt((String name) -> -after.superTypes(name).size())
                        .thenComparing(Comparator.naturalOrder()));
        InsnList code = new InsnList();
        TypeChain chain = new TypeChain(plan, companions, host, Code.instanceFrame(host, member.desc()), code);
        for (String overrider : overriders) {
            LiftedMethod lifted = plan.method(overrider, member);
            String body = lifted == null ? null : lifted.body();
            if (lifted != null && body != null) {
                chain.call(
                        overrider,
                        new MethodInsnNode(Opcodes.INVOKESTATIC, lifted.companion(), body, lifted.staticDesc(), false),
                        member.desc());
            }
        }
        method.instructions.insert(code);
    }
}
