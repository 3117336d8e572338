package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.companion.AccessCompanion.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Calls of constructors in one method. */
final class ConstructorSites {
    private final LiftPlan plan;
    private final Reach reach;
    private final Accessors accessors;
    /** Calls of constructors that the code may not reach: they become calls of methods that return the object. */
    private final List<MethodInsnNode> unreachable = new ArrayList<>();

    ConstructorSites(LiftPlan plan, Reach reach, Accessors accessors) {
        this.plan = plan;
        this.reach = reach;
        this.accessors = accessors;
    }

    boolean rewrite(Placement place, MethodNode method, MethodInsnNode call) {
        boolean direct = isReachable(place, method, call);
        LiftedConstructor lifted = direct ? null : plan.constructor(call.owner, call.desc);
        if (lifted != null) {
            InsnList code = new InsnList();
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, lifted.companion(), LiftedConstructor.ENTER, call.desc, false));
            for (Type type : Type.getArgumentTypes(lifted.entry())) {
                code.add(Code.zero(type));
            }
            method.instructions.insertBefore(call, code);
            call.desc = lifted.entry();
        }
        if (!direct && isInJvm(call) && !isReachable(place, method, call)) {
            unreachable.add(call);
        }
        return lifted != null;
    }

    private boolean isInJvm(MethodInsnNode call) {
        ClassShape owner = plan.world().shapeInJvm(call.owner);
        return owner != null && owner.flags(new MemberId("<init>", call.desc, false)) >= 0;
    }

    private boolean isReachable(Placement place, MethodNode method, MethodInsnNode call) {
        ClassShape owner = plan.world().shapeInJvm(call.owner);
        MemberId member = new MemberId("<init>", call.desc, false);
        int flags = owner == null ? -1 : owner.flags(member);
        if (owner == null || flags < 0) {
            return false;
        }
        Hierarchy.Found found = new Hierarchy.Found(owner, member, flags);
        return !plan.world().owns(call.owner)
                || (reach.allows(place, found) && !(isInherited(place, found) && !callsSuper(place, method, call)));
    }

    /** Whether the code may use the constructor only as a subclass's, which does not let it make objects (JVM specification 4.10.1.9). */
    private boolean isInherited(Placement place, Hierarchy.Found found) {
        return (reach.flags(found) & Opcodes.ACC_PROTECTED) != 0
                && !place.host().equals(found.owner().name())
                && !Reach.samePackage(place.host(), found.owner().name());
    }

    private boolean callsSuper(Placement place, MethodNode method, MethodInsnNode call) {
        ClassShape host = plan.world().shapeInJvm(place.host());
        return method.name.equals("<init>") && host != null && call.owner.equals(host.superName());
    }

    /** Deals with what could only be noted while the instructions were walked through. */
    boolean finish(Placement place, MethodNode method) {
        if (unreachable.isEmpty()) {
            return false;
        }
        Frame<BasicValue>[] frames = Uninitialised.frames(place.host(), method);
        List<Runnable> edits = new ArrayList<>();
        for (MethodInsnNode call : unreachable) {
            Frame<BasicValue> frame = frames[method.instructions.indexOf(call)];
            if (frame != null) {
                edits.add(edit(place, method, call, frame));
            }
        }
        edits.forEach(Runnable::run);
        return true;
    }

    private Runnable edit(Placement place, MethodNode method, MethodInsnNode call, Frame<BasicValue> frame) {
        int at = frame.getStackSize() - Type.getArgumentCount(call.desc) - 1;
        BasicValue object = frame.getStack(at);
        AbstractInsnNode made = object instanceof Uninitialised.Made value ? value.by() : null;
        if (made == null) {
            throw new LiftException(LiftReasons.unreachable(
                    new MemberId("<init>", call.desc, false),
                    place.host() + " may not call this constructor of " + call.owner));
        }
        int copies = 0;
        for (int i = 0; i < at; i++) {
            copies += object.equals(frame.getStack(i)) ? 1 : 0;
        }
        boolean adjacent = copies == 0 || (copies == 1 && object.equals(frame.getStack(at - 1)));
        if (!adjacent) {
            throw new LiftException("the new " + call.owner + " is spread over the stack before its constructor runs");
        }
        int found = copies;
        return () -> replace(method, call, made, found);
    }

    private void replace(MethodNode method, MethodInsnNode call, AbstractInsnNode made, int copies) {
        forgetType(method, made);
        method.instructions.set(made, new InsnNode(Opcodes.ACONST_NULL));
        InsnList after = new InsnList();
        if (copies == 0) {
            after.add(new InsnNode(Opcodes.POP2));
        } else {
            after.add(new InsnNode(Opcodes.DUP_X2));
            after.add(new InsnNode(Opcodes.POP));
            after.add(new InsnNode(Opcodes.POP2));
        }
        MethodInsnNode make = accessors.access(Kind.NEW, call.owner, call.owner, false, "<init>", call.desc);
        method.instructions.insert(call, after);
        method.instructions.set(call, make);
    }

    /** Stack maps call the object by the place where it is made; now there is a null in its place. */
    private static void forgetType(MethodNode method, AbstractInsnNode made) {
        Set<LabelNode> labels = new HashSet<>();
        for (AbstractInsnNode node = made.getPrevious();
                node != null && node.getOpcode() < 0;
                node = node.getPrevious()) {
            if (node instanceof LabelNode label) {
                labels.add(label);
            }
        }
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FrameNode frame) {
                frame.local = withNull(frame.local, labels);
                frame.stack = withNull(frame.stack, labels);
            }
        }
    }

    private static @Nullable List<Object> withNull(@Nullable List<Object> types, Set<LabelNode> labels) {
        if (types == null) {
            return null;
        }
        List<Object> changed = new ArrayList<>(types);
        changed.replaceAll(type -> type instanceof LabelNode label && labels.contains(label) ? Opcodes.NULL : type);
        return changed;
    }
}
