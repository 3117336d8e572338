package dev.hotpatch.differ.initial;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What an instruction of an initialiser changes besides assigning fields. A call whose result is used is part of an expression and has
 * no effect here; one whose result is dropped is taken to change its receiver, or if it has none of ours, what it is given.
 */
final class Effects {
    private final String owner;
    private final Set<String> added;
    private final Code code;

    Effects(String owner, Set<String> added, Code code) {
        this.owner = owner;
        this.added = added;
        this.code = code;
    }

    /**
     * An effect.
     *
     * @param added ids of the added fields whose objects it changes
     * @param outside what else it changes, to be read after "the statement"; null if nothing
     */
    record Effect(Set<String> added, @Nullable String outside) {}

    /** The effect of a reachable instruction; null if it has none. */
    @Nullable
    Effect of(int number) {
        AbstractInsnNode node = code.at(number);
        int opcode = node.getOpcode();
        if (node instanceof MethodInsnNode call) {
            return call(number, call);
        }
        if (node instanceof FieldInsnNode field && opcode == Opcodes.PUTFIELD) {
            return on(origin().of(code.stack(number, 1)), "sets the field " + field.name);
        }
        if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            return on(origin().of(code.stack(number, 2)), "fills an array");
        }
        return null;
    }

    private Origin origin() {
        return new Origin(code, owner, added);
    }

    private @Nullable Effect on(Origin target, String what) {
        return new Effect(target.added, target.shared ? what + " that others know" : null);
    }

    private @Nullable Effect call(int number, MethodInsnNode call) {
        if (!dropped(number, call) || logs(call)) {
            return null;
        }
        int count = Type.getArgumentTypes(call.desc).length;
        boolean plain = call.getOpcode() == Opcodes.INVOKESTATIC || "<init>".equals(call.name);
        Origin target = origin();
        if (!plain) {
            target.of(code.stack(number, count));
            if (target.fresh() && goesOn(number, call)) {
                return null;
            }
        }
        if (target.fresh()) {
            target.arguments(number, count);
        }
        boolean copies = "java/lang/System".equals(call.owner) && "arraycopy".equals(call.name);
        if (copies) {
            target = origin().of(code.stack(number, 2));
        }
        boolean outside = target.shared || target.fresh();
        String name = call.owner.substring(call.owner.lastIndexOf('/') + 1) + "." + call.name;
        return new Effect(target.added, outside ? "calls " + name + " for its effect on something else" : null);
    }

    private boolean dropped(int number, MethodInsnNode call) {
        int next = number + 1 < code.size() ? code.at(number + 1).getOpcode() : Opcodes.NOP;
        boolean pops = next == Opcodes.POP || next == Opcodes.POP2;
        return pops || (call.desc.endsWith(")V") && !"<init>".equals(call.name));
    }

    /** The statement goes on after the call, so that an object made for it is still there, and used. */
    private boolean goesOn(int number, MethodInsnNode call) {
        int after = call.desc.endsWith(")V") ? number + 1 : number + 2;
        return after < code.size() && code.reachable(after) && !code.border(after);
    }

    /** What only tells people something may be told at another time. */
    private static boolean logs(MethodInsnNode call) {
        return call.owner.endsWith("Logger")
                || call.owner.endsWith("/Log")
                || "java/io/PrintStream".equals(call.owner)
                || "printStackTrace".equals(call.name);
    }
}
