package dev.hotpatch.differ.initial;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The statements taken out run together, later than in the target, or at the first use of an added field, earlier. Finds those whose
 * value would not be the same then. Looks at fields that the initialiser itself names, and not into what it calls.
 */
final class RunOrder {
    private final String owner;
    private final Set<String> added;
    private final Code code;
    private final Blocks blocks;
    private final Statements statements;
    private final boolean[] out;

    RunOrder(String owner, Set<String> added, Code code, Blocks blocks, Statements statements, boolean[] out) {
        this.owner = owner;
        this.added = added;
        this.code = code;
        this.blocks = blocks;
        this.statements = statements;
        this.out = out;
    }

    void check(Map<String, String> inseparable) {
        int trigger = trigger();
        for (int i = 0; i < code.size(); i++) {
            @Nullable FieldInsnNode read = field(i, Opcodes.GETSTATIC);
            if (read == null) {
                continue;
            }
            if (out[blocks.of(i)] && !added.contains(Statements.id(read))) {
                for (int k = 0; k < code.size(); k++) {
                    @Nullable FieldInsnNode write = field(k, Opcodes.PUTSTATIC);
                    if (write == null
                            || out[blocks.of(k)]
                            || !Statements.id(write).equals(Statements.id(read))) {
                        continue;
                    }
                    if (k > i) {
                        report(
                                i,
                                inseparable,
                                "it is computed from the field " + read.name + ", which gets its value later");
                    } else if (trigger < k) {
                        report(
                                i,
                                inseparable,
                                "an added field may be used before the field " + read.name
                                        + " is set, from which this one is computed");
                    }
                }
            } else if (!out[blocks.of(i)]
                    && added.contains(Statements.id(read))
                    && changedAfter(i, Statements.id(read))) {
                inseparable.putIfAbsent(
                        Statements.id(read), "it is read by a statement that stays, and changed after that");
            }
        }
    }

    /** The first kept instruction that may run the statements taken out, some of which stand before it. */
    private int trigger() {
        boolean before = false;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode node = code.at(i);
            before |= out[blocks.of(i)];
            if (out[blocks.of(i)]) {
                continue;
            }
            @Nullable FieldInsnNode read = field(i, Opcodes.GETSTATIC);
            boolean reads = read != null && added.contains(Statements.id(read));
            boolean own = node instanceof MethodInsnNode call && call.owner.equals(owner);
            if (reads || (own && before)) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private boolean changedAfter(int number, String id) {
        for (int k = number + 1; k < code.size(); k++) {
            if (!out[blocks.of(k)] || !code.reachable(k)) {
                continue;
            }
            @Nullable FieldInsnNode write = field(k, Opcodes.PUTSTATIC);
            Effects.@Nullable Effect effect = new Effects(owner, added, code).of(k);
            boolean again = write != null && Statements.id(write).equals(id) && assignedBefore(number, id);
            if (again || (effect != null && effect.added().contains(id))) {
                return true;
            }
        }
        return false;
    }

    private boolean assignedBefore(int number, String id) {
        for (int k = 0; k < number; k++) {
            @Nullable FieldInsnNode write = field(k, Opcodes.PUTSTATIC);
            if (write != null && Statements.id(write).equals(id)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable FieldInsnNode field(int number, int opcode) {
        return code.at(number) instanceof FieldInsnNode field
                        && field.getOpcode() == opcode
                        && field.owner.equals(owner)
                ? field
                : null;
    }

    private void report(int number, Map<String, String> inseparable, String reason) {
        statements.fields(blocks.of(number)).forEach(id -> inseparable.putIfAbsent(id, reason));
    }
}
