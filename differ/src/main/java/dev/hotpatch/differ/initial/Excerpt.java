package dev.hotpatch.differ.initial;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Makes a method of some whole blocks of another one. Slots keep their numbers; labels that meet become one and those that nothing
 * needs vanish; a frame forgets the locals that only left-out instructions assigned. Lines stay, variable tables do not.
 */
final class Excerpt {
    private final Code code;
    private final Blocks blocks;
    private final BitSet taken;
    private final boolean receiver;
    private final int below;
    private final Map<LabelNode, LabelNode> labels = new HashMap<>();
    private final Set<LabelNode> jumped = new HashSet<>();
    private final Set<LabelNode> needed = new HashSet<>();

    /**
     * @param taken instructions by number: whole blocks, or one range inside a block
     * @param receiver slot 0 is a parameter of the new method, as it was of the old one
     * @param below how many values are on the stack at the start of what is taken, and not used by it
     */
    Excerpt(Code code, Blocks blocks, BitSet taken, boolean receiver, int below) {
        this.below = below;
        this.receiver = receiver;
        this.code = code;
        this.blocks = blocks;
        this.taken = taken;
    }

    /** @param end what closes the method where control can come to its end, such as a return */
    MethodNode write(MethodNode target, InsnNode end) {
        Map<LabelNode, Integer> places = meet();
        needs();
        Set<LabelNode> placed = new HashSet<>();
        int last = taken.length();
        boolean open = last == 0 || !leaves(code.at(last - 1).getOpcode());
        @Nullable
        FrameNode frame = null; // of this place; where several blocks were between, the last one's is true for all
        for (AbstractInsnNode node : code.method.instructions) {
            int number = code.number(node);
            if (node instanceof LabelNode label) {
                LabelNode copy = label(label);
                if (needed.contains(copy) && placed.add(copy)) {
                    target.instructions.add(copy);
                    open |= jumped.contains(copy) && places.getOrDefault(label, 0) == taken.cardinality();
                }
            } else if (node instanceof FrameNode state) {
                boolean border =
                        number == code.size() || blocks.block(blocks.of(number)).from() == number;
                if ((below == 0 && border) || taken.get(number) || number == last) {
                    frame = state;
                }
            } else if (number < code.size() && taken.get(number)) {
                boolean line = node instanceof LineNumberNode;
                if (!line && frame != null) {
                    target.instructions.add(filtered(frame));
                    frame = null;
                }
                target.instructions.add(node.clone(labels));
            }
        }
        if (open) {
            if (frame != null && last > 0) {
                target.instructions.add(filtered(frame));
            }
            target.instructions.add(end);
        }
        tries(target);
        target.maxStack = code.method.maxStack;
        target.maxLocals = code.method.maxLocals;
        return target;
    }

    private static boolean leaves(int opcode) {
        return opcode == Opcodes.GOTO
                || opcode == Opcodes.ATHROW
                || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
    }

    private LabelNode label(LabelNode label) {
        LabelNode copy = labels.get(label);
        if (copy == null) {
            throw new IllegalStateException("a label of another method");
        }
        return copy;
    }

    /** One new label for all that are at the same place when the rest has gone. */
    private Map<LabelNode, Integer> meet() {
        Map<LabelNode, Integer> places = new HashMap<>();
        Map<Integer, LabelNode> copies = new HashMap<>();
        int place = 0;
        for (AbstractInsnNode node : code.method.instructions) {
            if (node instanceof LabelNode label) {
                places.put(label, place);
                labels.put(label, copies.computeIfAbsent(place, any -> new LabelNode()));
            } else if (node.getOpcode() >= 0 && taken.get(code.number(node))) {
                place++;
            }
        }
        return places;
    }

    private void needs() {
        for (AbstractInsnNode node : code.method.instructions) {
            int number = code.number(node);
            if (number >= code.size() || !taken.get(number)) {
                continue;
            }
            if (node instanceof JumpInsnNode jump) {
                jumped.add(label(jump.label));
            } else if (node instanceof TableSwitchInsnNode table) {
                jumped.add(label(table.dflt));
                table.labels.forEach(label -> jumped.add(label(label)));
            } else if (node instanceof LookupSwitchInsnNode lookup) {
                jumped.add(label(lookup.dflt));
                lookup.labels.forEach(label -> jumped.add(label(label)));
            } else if (node instanceof LineNumberNode line) {
                needed.add(label(line.start));
            } else if (node instanceof FrameNode frame) {
                uninitialised(frame.stack);
                uninitialised(frame.local);
            }
        }
        for (TryCatchBlockNode block : code.method.tryCatchBlocks) {
            if (taken(block)) {
                needed.add(label(block.start));
                needed.add(label(block.end));
                needed.add(label(block.handler));
            }
        }
        needed.addAll(jumped);
    }

    private void uninitialised(@Nullable List<Object> types) {
        if (types != null) {
            types.forEach(type -> {
                if (type instanceof LabelNode made) {
                    needed.add(label(made));
                }
            });
        }
    }

    private boolean taken(TryCatchBlockNode block) {
        int start = code.number(block.start);
        return start < code.number(block.end) && taken.get(start);
    }

    private void tries(MethodNode target) {
        for (TryCatchBlockNode block : code.method.tryCatchBlocks) {
            if (taken(block)) {
                target.tryCatchBlocks.add(
                        new TryCatchBlockNode(label(block.start), label(block.end), label(block.handler), block.type));
            }
        }
    }

    private FrameNode filtered(FrameNode frame) {
        int number = code.number(frame);
        @Nullable Frame<SourceValue> known = number < code.size() ? code.frame(number) : null;
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        int used = 0;
        for (Object type : frame.local == null ? List.of() : frame.local) {
            boolean wide = Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type);
            boolean stays = known != null && stays(known, slot);
            if (stays) {
                locals.add(type instanceof LabelNode made ? label(made) : type);
                used = Opcodes.TOP.equals(type) ? used : locals.size();
            } else {
                locals.add(Opcodes.TOP);
                if (wide) {
                    locals.add(Opcodes.TOP);
                }
            }
            slot += wide ? 2 : 1;
        }
        Object[] stack = (frame.stack == null ? List.of() : frame.stack)
                .stream()
                        .skip(below)
                        .map(type -> type instanceof LabelNode made ? label(made) : type)
                        .toArray();
        return new FrameNode(Opcodes.F_NEW, used, locals.subList(0, used).toArray(), stack.length, stack);
    }

    /** Whether all that may have assigned the slot is here. A slot nobody assigned holds a parameter or nothing. */
    private boolean stays(Frame<SourceValue> known, int slot) {
        Set<AbstractInsnNode> makers = known.getLocal(slot).insns;
        return makers.isEmpty()
                ? receiver && slot == 0
                : makers.stream().allMatch(maker -> taken.get(code.number(maker)));
    }
}
