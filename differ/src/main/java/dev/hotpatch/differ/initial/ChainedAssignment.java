package dev.hotpatch.differ.initial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Turns {@code ADDED = KEPT = f()} into {@code KEPT = f(); ADDED = KEPT}, where KEPT is known to hold its value for good. Only for
 * chains of fields of one and the same type, into which nothing jumps.
 */
final class ChainedAssignment {
    private final MethodNode method;
    private final Predicate<FieldInsnNode> added;
    private final Predicate<FieldInsnNode> steady;
    private final Set<LabelNode> targets = new HashSet<>();

    ChainedAssignment(MethodNode method, Predicate<FieldInsnNode> added, Predicate<FieldInsnNode> steady) {
        this.method = method;
        this.added = added;
        this.steady = steady;
    }

    void separate() {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof JumpInsnNode jump) {
                targets.add(jump.label);
            } else if (node instanceof TableSwitchInsnNode table) {
                targets.addAll(table.labels);
                targets.add(table.dflt);
            } else if (node instanceof LookupSwitchInsnNode lookup) {
                targets.addAll(lookup.labels);
                targets.add(lookup.dflt);
            }
        }
        method.tryCatchBlocks.forEach(block -> {
            targets.add(block.start);
            targets.add(block.end);
        });
        for (AbstractInsnNode node : method.instructions.toArray()) {
            // Taken from the end of the chain: the one assignment that no copy precedes.
            if (node.getOpcode() == Opcodes.PUTSTATIC && !copies(previous(node))) {
                separate((FieldInsnNode) node);
            }
        }
    }

    private void separate(FieldInsnNode last) {
        List<FieldInsnNode> chain = new ArrayList<>(List.of(last));
        List<AbstractInsnNode> copies = new ArrayList<>();
        @Nullable AbstractInsnNode before = previous(last);
        while (before instanceof FieldInsnNode field
                && field.getOpcode() == Opcodes.PUTSTATIC
                && field.desc.equals(last.desc)
                && copies(previous(field))) {
            AbstractInsnNode copy = Objects.requireNonNull(previous(field));
            chain.add(0, field);
            copies.add(0, copy);
            before = previous(copy);
        }
        boolean wide = Type.getType(last.desc).getSize() == 2;
        List<FieldInsnNode> kept = chain.stream().filter(added.negate()).toList();
        if (kept.size() == chain.size()) {
            return;
        }
        // Asked for last, as it looks through the whole initialiser.
        FieldInsnNode source = kept.stream().filter(steady).findFirst().orElse(null);
        if (source == null) {
            return;
        }
        copies.forEach(method.instructions::remove);
        for (int i = 0; i + 1 < kept.size(); i++) {
            method.instructions.insertBefore(kept.get(i), new InsnNode(wide ? Opcodes.DUP2 : Opcodes.DUP));
        }
        AbstractInsnNode place = kept.get(kept.size() - 1);
        for (FieldInsnNode field : chain) {
            if (added.test(field)) {
                method.instructions.remove(field);
                FieldInsnNode read = new FieldInsnNode(Opcodes.GETSTATIC, source.owner, source.name, source.desc);
                method.instructions.insert(place, read);
                method.instructions.insert(read, field);
                place = field;
            }
        }
    }

    /** The real instruction before; null where a jump or the border of a try range may come in between. */
    private @Nullable AbstractInsnNode previous(@Nullable AbstractInsnNode node) {
        @Nullable AbstractInsnNode before = node == null ? null : node.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            if (before instanceof LabelNode label && targets.contains(label)) {
                return null;
            }
            before = before.getPrevious();
        }
        return before;
    }

    private static boolean copies(@Nullable AbstractInsnNode node) {
        return node != null && (node.getOpcode() == Opcodes.DUP || node.getOpcode() == Opcodes.DUP2);
    }
}
