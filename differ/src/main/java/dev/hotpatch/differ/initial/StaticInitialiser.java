package dev.hotpatch.differ.initial;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Parts the static initialiser of a class that gains static fields: what feeds only these can run elsewhere and later, when they are
 * first used. Fields go by ids of the form {@code name:desc}. Methods are read with {@code EXPAND_FRAMES} and never changed.
 */
public final class StaticInitialiser {
    private StaticInitialiser() {}

    /**
     * The two parts.
     *
     * @param kept what stays the class's {@code <clinit>}; null if only the return is left
     * @param cut a complete static {@code ()V} method that runs the statements taken out, in order; null if there are none
     * @param inseparable added fields whose value would be lost or wrong, each with the reason; if it is not empty the parts still
     *     verify, but the class behaves as the target only when it is loaded anew
     * @param keptReadsAdded added fields that statements of {@code kept} read themselves
     */
    public record Split(
            @Nullable MethodNode kept,
            @Nullable MethodNode cut,
            SortedMap<String, String> inseparable,
            Set<String> keptReadsAdded) {}

    /** As {@link #split(String, MethodNode, Set, Set, Predicate)}, when nothing is known of the other fields. */
    public static Split split(String owner, MethodNode clinit, Set<String> added) {
        return split(owner, clinit, added, Set.of(), node -> false);
    }

    /**
     * Parts a static initialiser.
     *
     * @param owner internal name of the class
     * @param added ids of its static fields that the base lacks
     * @param steady ids of its other static fields that nothing but this initialiser assigns ({@link #steady})
     * @param immovable instructions that may never be taken out, whatever they do
     */
    public static Split split(
            String owner,
            MethodNode clinit,
            Set<String> added,
            Set<String> steady,
            Predicate<AbstractInsnNode> immovable) {
        MethodNode work = new MethodNode(clinit.access, clinit.name, clinit.desc, null, null);
        clinit.accept(work);
        work.localVariables = null;
        work.visibleLocalVariableAnnotations = null;
        work.invisibleLocalVariableAnnotations = null;
        Predicate<FieldInsnNode> ours = field -> field.owner.equals(owner);
        new ChainedAssignment(
                        work,
                        ours.and(field -> added.contains(Statements.id(field))),
                        ours.and(field -> steady.contains(Statements.id(field)) && assignments(work, field) == 1))
                .separate();
        try {
            Code code = new Code(owner, work);
            if (code.hasSubroutines()) {
                return whole(
                        clinit, owner, added, "the initialiser has subroutines (jsr), as very old compilers made them");
            }
            return split(owner, added, immovable, code);
        } catch (AnalyzerException e) {
            return whole(clinit, owner, added, "the initialiser cannot be analysed: " + e.getMessage());
        }
    }

    private static Split split(String owner, Set<String> added, Predicate<AbstractInsnNode> immovable, Code code) {
        Blocks blocks = new Blocks(code);
        Statements statements = new Statements(owner, added, code, blocks, immovable);
        boolean[] out = new boolean[blocks.count()];
        SortedMap<String, String> inseparable = new TreeMap<>();
        statements.choose(out, inseparable);
        new RunOrder(owner, added, code, blocks, statements, out).check(inseparable);
        BitSet cut = new BitSet();
        BitSet kept = new BitSet();
        Set<String> reads = new TreeSet<>();
        for (int i = 0; i < code.size(); i++) {
            (out[blocks.of(i)] ? cut : kept).set(i);
            if (!out[blocks.of(i)] && code.at(i).getOpcode() == Opcodes.GETSTATIC) {
                String id = Statements.id((FieldInsnNode) code.at(i));
                if (((FieldInsnNode) code.at(i)).owner.equals(owner) && added.contains(id)) {
                    reads.add(id);
                }
            }
        }
        MethodNode source = code.method;
        @Nullable
        MethodNode rest = returnOnly(code, kept)
                ? null
                : new Excerpt(code, blocks, kept, false, 0)
                        .write(
                                new MethodNode(source.access, source.name, source.desc, null, null),
                                new InsnNode(Opcodes.RETURN));
        @Nullable
        MethodNode moved = cut.isEmpty()
                ? null
                : new Excerpt(code, blocks, cut, false, 0)
                        .write(
                                new MethodNode(Opcodes.ACC_STATIC, "initialise", "()V", null, null),
                                new InsnNode(Opcodes.RETURN));
        return new Split(rest, moved, inseparable, reads);
    }

    private static boolean returnOnly(Code code, BitSet kept) {
        return kept.stream().allMatch(i -> code.at(i).getOpcode() == Opcodes.RETURN);
    }

    private static long assignments(MethodNode method, FieldInsnNode field) {
        long count = 0;
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() == Opcodes.PUTSTATIC
                    && Statements.id((FieldInsnNode) node).equals(Statements.id(field))) {
                count++;
            }
        }
        return count;
    }

    /** Everything stays, and whatever it assigns cannot be had. */
    private static Split whole(MethodNode clinit, String owner, Set<String> added, String reason) {
        MethodNode copy = new MethodNode(clinit.access, clinit.name, clinit.desc, null, null);
        clinit.accept(copy);
        SortedMap<String, String> inseparable = new TreeMap<>();
        Set<String> reads = new TreeSet<>();
        for (AbstractInsnNode node : copy.instructions) {
            if (node instanceof FieldInsnNode field
                    && field.owner.equals(owner)
                    && added.contains(Statements.id(field))) {
                if (field.getOpcode() == Opcodes.PUTSTATIC) {
                    inseparable.put(Statements.id(field), reason);
                } else {
                    reads.add(Statements.id(field));
                }
            }
        }
        return new Split(copy, null, inseparable, reads);
    }

    /**
     * Ids of the static fields that only the class's own initialiser can assign: final ones, and private ones that no other method of
     * the class assigns if it has no nest mates that could.
     */
    public static Set<String> steady(ClassNode node) {
        Set<String> steady = new HashSet<>();
        boolean alone = node.nestHostClass == null && (node.nestMembers == null || node.nestMembers.isEmpty());
        for (FieldNode field : node.fields) {
            boolean fixed = (field.access & Opcodes.ACC_FINAL) != 0;
            if ((field.access & Opcodes.ACC_STATIC) != 0
                    && (fixed || (alone && (field.access & Opcodes.ACC_PRIVATE) != 0))) {
                steady.add(field.name + ":" + field.desc);
            }
        }
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction.getOpcode() == Opcodes.PUTSTATIC && !"<clinit>".equals(method.name)) {
                    steady.remove(Statements.id((FieldInsnNode) instruction));
                }
            }
        }
        return steady;
    }

    /**
     * Whether what is kept is the base's initialiser, so that nothing is lost where that has run already.
     *
     * @param base the base's {@code <clinit>}, null if it has none
     * @param same whether two methods have the same instructions by meaning
     */
    public static boolean sameButFor(@Nullable MethodNode base, Split split, BiPredicate<MethodNode, MethodNode> same) {
        @Nullable MethodNode kept = split.kept();
        if (base == null || empty(base)) {
            return kept == null;
        }
        return kept != null && same.test(base, kept);
    }

    private static boolean empty(MethodNode method) {
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() >= 0 && node.getOpcode() != Opcodes.RETURN) {
                return false;
            }
        }
        return true;
    }
}
