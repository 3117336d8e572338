package dev.hotpatch.differ.classes;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Whether two methods have the same {@link CodeText}, found side by side without writing the texts. */
final class SameCode {
    /** Labels of the base, with those in the same places of the target. */
    private final IdentityHashMap<LabelNode, LabelNode> labels = new IdentityHashMap<>();

    private SameCode() {}

    static boolean of(MethodNode base, MethodNode target) {
        SameCode code = new SameCode();
        return code.operations(base, target) && code.operands(base, target) && code.catches(base, target);
    }

    private boolean operations(MethodNode base, MethodNode target) {
        AbstractInsnNode before = counting(base.instructions.getFirst());
        AbstractInsnNode after = counting(target.instructions.getFirst());
        while (before != null && after != null) {
            if (before.getOpcode() != after.getOpcode()) {
                return false;
            }
            if (before instanceof LabelNode left && after instanceof LabelNode right) {
                labels.put(left, right);
            }
            before = counting(before.getNext());
            after = counting(after.getNext());
        }
        return before == null && after == null;
    }

    private boolean operands(MethodNode base, MethodNode target) {
        AbstractInsnNode before = counting(base.instructions.getFirst());
        AbstractInsnNode after = counting(target.instructions.getFirst());
        while (before != null && after != null) {
            if (before.getOpcode() >= 0 && !same(before, after)) {
                return false;
            }
            before = counting(before.getNext());
            after = counting(after.getNext());
        }
        return true;
    }

    private boolean catches(MethodNode base, MethodNode target) {
        if (base.tryCatchBlocks.size() != target.tryCatchBlocks.size()) {
            return false;
        }
        for (int i = 0; i < base.tryCatchBlocks.size(); i++) {
            TryCatchBlockNode before = base.tryCatchBlocks.get(i);
            TryCatchBlockNode after = target.tryCatchBlocks.get(i);
            if (!same(before.start, after.start)
                    || !same(before.end, after.end)
                    || !same(before.handler, after.handler)
                    || !Objects.equals(before.type, after.type)) {
                return false;
            }
        }
        return true;
    }

    /** The next that is an instruction or a label: line numbers and stack maps are no part of the meaning. */
    private static @Nullable AbstractInsnNode counting(@Nullable AbstractInsnNode from) {
        AbstractInsnNode node = from;
        while (node != null && node.getOpcode() < 0 && !(node instanceof LabelNode)) {
            node = node.getNext();
        }
        return node;
    }

    private boolean same(AbstractInsnNode before, AbstractInsnNode after) {
        if (before instanceof VarInsnNode left && after instanceof VarInsnNode right) {
            return left.var == right.var;
        }
        if (before instanceof FieldInsnNode left && after instanceof FieldInsnNode right) {
            return left.owner.equals(right.owner) && left.name.equals(right.name) && left.desc.equals(right.desc);
        }
        if (before instanceof MethodInsnNode left && after instanceof MethodInsnNode right) {
            return left.owner.equals(right.owner)
                    && left.name.equals(right.name)
                    && left.desc.equals(right.desc)
                    && left.itf == right.itf;
        }
        if (before instanceof InvokeDynamicInsnNode left && after instanceof InvokeDynamicInsnNode right) {
            return same(left, right);
        }
        if (before instanceof TypeInsnNode left && after instanceof TypeInsnNode right) {
            return left.desc.equals(right.desc);
        }
        if (before instanceof IntInsnNode left && after instanceof IntInsnNode right) {
            return left.operand == right.operand;
        }
        if (before instanceof IincInsnNode left && after instanceof IincInsnNode right) {
            return left.var == right.var && left.incr == right.incr;
        }
        if (before instanceof LdcInsnNode left && after instanceof LdcInsnNode right) {
            return Constants.same(left.cst, right.cst);
        }
        if (before instanceof JumpInsnNode left && after instanceof JumpInsnNode right) {
            return same(left.label, right.label);
        }
        if (before instanceof TableSwitchInsnNode left && after instanceof TableSwitchInsnNode right) {
            return left.min == right.min
                    && left.max == right.max
                    && same(left.dflt, right.dflt)
                    && same(left.labels, right.labels);
        }
        if (before instanceof LookupSwitchInsnNode left && after instanceof LookupSwitchInsnNode right) {
            return left.keys.equals(right.keys) && same(left.dflt, right.dflt) && same(left.labels, right.labels);
        }
        if (before instanceof MultiANewArrayInsnNode left && after instanceof MultiANewArrayInsnNode right) {
            return left.desc.equals(right.desc) && left.dims == right.dims;
        }
        return before.getType() == after.getType();
    }

    private static boolean same(InvokeDynamicInsnNode before, InvokeDynamicInsnNode after) {
        if (!before.name.equals(after.name)
                || !before.desc.equals(after.desc)
                || !before.bsm.equals(after.bsm)
                || before.bsmArgs.length != after.bsmArgs.length) {
            return false;
        }
        for (int i = 0; i < before.bsmArgs.length; i++) {
            if (!Constants.same(before.bsmArgs[i], after.bsmArgs[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean same(List<LabelNode> before, List<LabelNode> after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!same(before.get(i), after.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean same(LabelNode before, LabelNode after) {
        return labels.get(before) == after;
    }
}
