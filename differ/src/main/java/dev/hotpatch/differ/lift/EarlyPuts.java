package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Compilers fill captured variables and the outer object into fields before the super constructor is called. A side table cannot take an
 * object that is not yet one, so for lifted fields that is done right after.
 */
final class EarlyPuts {
    private final LiftPlan plan;

    EarlyPuts(LiftPlan plan) {
        this.plan = plan;
    }

    /** Moves them in a constructor; true if there were any. */
    boolean move(String owner, MethodNode method) {
        if (!method.name.equals("<init>") || candidates(owner, method).isEmpty()) {
            return false;
        }
        Frame<BasicValue>[] frames = Uninitialised.frames(owner, method);
        List<AbstractInsnNode> supers = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            Frame<BasicValue> frame = frames[method.instructions.indexOf(node)];
            if (frame != null && node instanceof MethodInsnNode call && call.name.equals("<init>")) {
                int at = frame.getStackSize() - Type.getArgumentCount(call.desc) - 1;
                if (frame.getStack(at) instanceof Uninitialised.Made made && made.by() == null) {
                    supers.add(node);
                }
            }
        }
        if (supers.isEmpty()) {
            return false;
        }
        int last = method.instructions.indexOf(supers.get(supers.size() - 1));
        SortedMap<Integer, FieldInsnNode> moved = new TreeMap<>();
        for (FieldInsnNode put : candidates(owner, method)) {
            int at = method.instructions.indexOf(put);
            if (at < last && isThis(frames[at])) {
                moved.put(method.maxLocals, put);
                method.maxLocals += Type.getType(put.desc).getSize();
            }
        }
        moved.forEach((slot, put) -> delay(method, supers, slot, put));
        return !moved.isEmpty();
    }

    private static boolean isThis(@Nullable Frame<BasicValue> frame) {
        return frame != null
                && frame.getStack(frame.getStackSize() - 2) instanceof Uninitialised.Made made
                && made.by() == null;
    }

    private List<FieldInsnNode> candidates(String owner, MethodNode method) {
        List<FieldInsnNode> puts = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FieldInsnNode field
                    && field.getOpcode() == Opcodes.PUTFIELD
                    && field.owner.equals(owner)
                    && plan.field(owner, new MemberId(field.name, field.desc, false)) != null) {
                puts.add(field);
            }
        }
        return puts;
    }

    private static void delay(MethodNode method, List<AbstractInsnNode> supers, int slot, FieldInsnNode put) {
        Type type = Type.getType(put.desc);
        for (AbstractInsnNode call : supers) {
            InsnList after = new InsnList();
            after.add(new VarInsnNode(Opcodes.ALOAD, 0));
            after.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
            after.add(new FieldInsnNode(Opcodes.PUTFIELD, put.owner, put.name, put.desc));
            method.instructions.insert(call, after);
        }
        AbstractInsnNode end = supers.get(supers.size() - 1);
        for (AbstractInsnNode node = put; node != end; node = node.getNext()) {
            if (node instanceof FrameNode frame) {
                show(frame, slot, Code.frameType(type));
            }
        }
        InsnList keep = new InsnList();
        keep.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), slot));
        keep.add(new InsnNode(Opcodes.POP));
        method.instructions.insertBefore(put, keep);
        method.instructions.remove(put);
    }

    private static void show(FrameNode frame, int slot, Object type) {
        List<Object> locals = new ArrayList<>(frame.local == null ? List.of() : frame.local);
        int slots = 0;
        for (Object local : locals) {
            slots += Opcodes.LONG.equals(local) || Opcodes.DOUBLE.equals(local) ? 2 : 1;
        }
        for (; slots < slot; slots++) {
            locals.add(Opcodes.TOP);
        }
        locals.add(type);
        frame.local = locals;
    }
}
