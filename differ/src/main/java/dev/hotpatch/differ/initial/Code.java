package dev.hotpatch.differ.initial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * A method's real instructions, numbered from 0 (labels, lines and frames have no number of their own), with where each value on the
 * stack and in the locals was made. No class is loaded for it. Not thread-safe, as the nodes are not.
 */
final class Code {
    final MethodNode method;
    private final List<AbstractInsnNode> real = new ArrayList<>();
    private final Map<AbstractInsnNode, Integer> numbers = new HashMap<>();
    private final @Nullable Frame<SourceValue>[] frames;

    /** @throws AnalyzerException if the method would not verify */
    Code(String owner, MethodNode method) throws AnalyzerException {
        this.method = method;
        for (AbstractInsnNode node : method.instructions) {
            numbers.put(node, real.size());
            if (node.getOpcode() >= 0) {
                real.add(node);
            }
        }
        Frame<SourceValue>[] all = new Analyzer<>(new SourceInterpreter()).analyze(owner, method);
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        @Nullable
        Frame<SourceValue>[] dense = new Frame[real.size()];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = all[method.instructions.indexOf(real.get(i))];
        }
        frames = dense;
    }

    int size() {
        return real.size();
    }

    AbstractInsnNode at(int number) {
        return real.get(number);
    }

    /** The number of a real instruction, or for others that of the next real one ({@link #size} at the end). */
    int number(AbstractInsnNode node) {
        Integer number = numbers.get(node);
        if (number == null) {
            throw new IllegalArgumentException("an instruction of another method");
        }
        return number;
    }

    /** What is known before an instruction; null where it cannot be reached. */
    @Nullable
    Frame<SourceValue> frame(int number) {
        return frames[number];
    }

    /** The value {@code depth} below the top of the stack before an instruction, which must be reachable. */
    SourceValue stack(int number, int depth) {
        Frame<SourceValue> frame = reached(number);
        return frame.getStack(frame.getStackSize() - 1 - depth);
    }

    /** Before the instruction the stack is empty, and control can come there. */
    boolean border(int number) {
        Frame<SourceValue> frame = frames[number];
        return frame != null && frame.getStackSize() == 0;
    }

    /** Where the value in a local was made, before a reachable instruction; without makers for a parameter. */
    SourceValue local(int number, int slot) {
        return reached(number).getLocal(slot);
    }

    boolean reachable(int number) {
        return frames[number] != null;
    }

    private Frame<SourceValue> reached(int number) {
        Frame<SourceValue> frame = frames[number];
        if (frame == null) {
            throw new IllegalStateException("instruction " + number + " cannot be reached");
        }
        return frame;
    }

    /** Where an instruction may jump to, by number; empty for one that is no jump. */
    int[] targets(int number) {
        AbstractInsnNode node = real.get(number);
        if (node instanceof JumpInsnNode jump) {
            return new int[] {number(jump.label)};
        }
        if (node instanceof TableSwitchInsnNode table) {
            return targets(table.dflt, table.labels);
        }
        if (node instanceof LookupSwitchInsnNode lookup) {
            return targets(lookup.dflt, lookup.labels);
        }
        return new int[0];
    }

    private int[] targets(LabelNode otherwise, List<LabelNode> labels) {
        int[] targets = Arrays.copyOf(labels.stream().mapToInt(this::number).toArray(), labels.size() + 1);
        targets[labels.size()] = number(otherwise);
        return targets;
    }

    boolean hasSubroutines() {
        return real.stream().anyMatch(node -> node.getOpcode() == Opcodes.JSR || node.getOpcode() == Opcodes.RET);
    }

    /** The line that an instruction belongs to, or 0. */
    int line(int number) {
        for (@Nullable AbstractInsnNode node = real.get(number); node != null; node = node.getPrevious()) {
            if (node instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }
}
