package dev.hotpatch.differ.initial;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.SourceValue;

/** What a value on the stack goes back to: which objects an effect on it may change. */
final class Origin {
    /** Ids of added fields that it was read from, straight or through a chain of calls. */
    final Set<String> added = new TreeSet<>();
    /** A local variable holds it. */
    boolean local;
    /** Some other field, or a static call that was given nothing of ours: others may know the object. */
    boolean shared;

    private final Code code;
    private final String owner;
    private final Set<String> names;
    private final Set<AbstractInsnNode> seen = new HashSet<>();

    /** @param names ids of the added fields of {@code owner} */
    Origin(Code code, String owner, Set<String> names) {
        this.code = code;
        this.owner = owner;
        this.names = names;
    }

    /** Nothing but what was made on the spot, and constants. */
    boolean fresh() {
        return added.isEmpty() && !local && !shared;
    }

    Origin of(SourceValue value) {
        for (AbstractInsnNode maker : value.insns) {
            if (seen.add(maker)) {
                of(maker);
            }
        }
        return this;
    }

    private void of(AbstractInsnNode maker) {
        int number = code.number(maker);
        int opcode = maker.getOpcode();
        if (maker instanceof FieldInsnNode field) {
            if (opcode == Opcodes.GETFIELD) {
                of(code.stack(number, 0));
            } else if (field.owner.equals(owner) && names.contains(field.name + ":" + field.desc)) {
                added.add(field.name + ":" + field.desc);
            } else {
                shared = true;
            }
        } else if (maker instanceof VarInsnNode load && opcode <= Opcodes.ALOAD) {
            local = true;
            aliases(load);
        } else if (maker instanceof MethodInsnNode call) {
            int count = Type.getArgumentTypes(call.desc).length;
            if (opcode == Opcodes.INVOKESTATIC) {
                arguments(number, count);
                shared |= fresh();
            } else {
                of(code.stack(number, count));
            }
        } else if (maker instanceof InvokeDynamicInsnNode) {
            return;
        } else if (opcode == Opcodes.CHECKCAST || opcode == Opcodes.DUP || opcode == Opcodes.DUP2) {
            of(code.stack(number, 0));
        } else if (opcode == Opcodes.AALOAD) {
            of(code.stack(number, 1));
        } else if (opcode >= Opcodes.DUP_X1 && opcode <= Opcodes.SWAP) {
            of(code.stack(number, 0));
            of(code.stack(number, 1));
        }
    }

    /** Takes in the origins of the topmost {@code count} values before an instruction. */
    Origin arguments(int number, int count) {
        for (int i = 0; i < count; i++) {
            of(code.stack(number, i));
        }
        return this;
    }

    /** A local that is only another name of a field counts as that field; one made by a call on it does not. */
    private void aliases(VarInsnNode load) {
        for (AbstractInsnNode store : code.local(code.number(load), load.var).insns) {
            if (store.getOpcode() == Opcodes.ASTORE && seen.add(store)) {
                for (AbstractInsnNode maker : code.stack(code.number(store), 0).insns) {
                    boolean alias = maker.getOpcode() == Opcodes.GETSTATIC || maker.getOpcode() == Opcodes.ALOAD;
                    if (alias && seen.add(maker)) {
                        of(maker);
                    }
                }
            }
        }
    }
}
