package dev.hotpatch.differ.initial;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The statements of a static initialiser in groups that share local variables, and for each whether it can be taken out. */
final class Statements {
    private final String owner;
    private final Set<String> added;
    private final Code code;
    private final Blocks blocks;
    private final Predicate<AbstractInsnNode> immovable;
    private final Effects effects;
    private final int[] parent;
    private final Map<Integer, Group> groups = new TreeMap<>();

    Statements(String owner, Set<String> added, Code code, Blocks blocks, Predicate<AbstractInsnNode> immovable) {
        this.owner = owner;
        this.added = added;
        this.code = code;
        this.blocks = blocks;
        this.immovable = immovable;
        this.effects = new Effects(owner, added, code);
        this.parent = new int[blocks.count()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
    }

    static String id(FieldInsnNode field) {
        return field.name + ":" + field.desc;
    }

    /** What the blocks of one group do together. */
    private static final class Group {
        final Set<String> assigned = new TreeSet<>();
        final Set<String> changed = new TreeSet<>();
        final Set<Integer> blocks = new TreeSet<>();

        @Nullable
        String obstacle;

        void obstacle(String reason) {
            obstacle = obstacle == null ? reason : obstacle;
        }
    }

    /**
     * Sets {@code out} for each block to be taken out.
     *
     * @param inseparable gets the added fields that a group assigns or fills which has to stay
     */
    void choose(boolean[] out, Map<String, String> inseparable) {
        link();
        for (int i = 0; i < code.size(); i++) {
            int block = blocks.of(i);
            Group group = groups.computeIfAbsent(root(block), any -> new Group());
            group.blocks.add(block);
            read(i, group);
        }
        for (Group group : groups.values()) {
            if (group.assigned.isEmpty() && group.changed.isEmpty()) {
                continue;
            }
            @Nullable String obstacle = group.obstacle;
            for (int block : group.blocks) {
                out[block] = obstacle == null;
            }
            if (obstacle != null) {
                group.assigned.forEach(field -> inseparable.putIfAbsent(field, obstacle));
                group.changed.forEach(field -> inseparable.putIfAbsent(field, obstacle));
            }
        }
        follow(out);
    }

    /** A marker that a compiler leaves, such as a constant for a local that nothing loads, goes with the statement before it. */
    private void follow(boolean[] out) {
        for (int i = 1; i < blocks.count(); i++) {
            if (groups.getOrDefault(root(i), new Group()).blocks.size() == 1 && marks(blocks.block(i))) {
                out[i] = out[i - 1];
            }
        }
    }

    private boolean marks(Blocks.Block block) {
        for (int i = block.from(); i < block.to(); i++) {
            int opcode = code.at(i).getOpcode();
            boolean pushes = opcode <= Opcodes.SIPUSH;
            boolean stores = opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
            if (!pushes && !stores) {
                return false;
            }
        }
        return true;
    }

    /** The added fields that the statements of a block's group assign or change. */
    Set<String> fields(int block) {
        Group group = groups.getOrDefault(root(block), new Group());
        Set<String> fields = new TreeSet<>(group.assigned);
        fields.addAll(group.changed);
        return fields;
    }

    private void read(int i, Group group) {
        AbstractInsnNode node = code.at(i);
        if (node.getOpcode() == Opcodes.PUTSTATIC) {
            FieldInsnNode field = (FieldInsnNode) node;
            if (field.owner.equals(owner) && added.contains(id(field))) {
                group.assigned.add(id(field));
            } else {
                group.obstacle("it is set in one statement with the field " + field.name + at(i));
            }
        } else if (code.reachable(i)) {
            Effects.@Nullable Effect effect = effects.of(i);
            if (effect != null) {
                group.changed.addAll(effect.added());
                if (effect.outside() != null) {
                    group.obstacle("the statement that sets it also " + effect.outside() + at(i));
                }
            }
        }
        if (immovable.test(node)) {
            group.obstacle("the statement that sets it may not be moved" + at(i));
        }
        if (node.getOpcode() == Opcodes.RETURN && i < code.size() - 1) {
            group.obstacle("the initialiser may return before its end" + at(i));
        }
    }

    private String at(int number) {
        int line = code.line(number);
        return line == 0 ? "" : " (line " + line + ")";
    }

    /** Joins the blocks that read a local with those that wrote the value read. */
    private void link() {
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode node = code.at(i);
            boolean load = node instanceof VarInsnNode && node.getOpcode() <= Opcodes.ALOAD;
            if (!code.reachable(i) || !(load || node instanceof IincInsnNode)) {
                continue;
            }
            int slot = node instanceof IincInsnNode increment ? increment.var : ((VarInsnNode) node).var;
            for (AbstractInsnNode maker : code.local(i, slot).insns) {
                parent[root(blocks.of(i))] = root(blocks.of(code.number(maker)));
            }
        }
    }

    private int root(int block) {
        int root = block;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
