package dev.hotpatch.differ.initial;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * A method cut into statements: the shortest ranges from empty stack to empty stack such that no jump, switch or try range leaves one
 * except to its end. Control enters each at its first instruction only.
 */
final class Blocks {
    private final int[] blockOf;
    private final List<Block> blocks = new ArrayList<>();

    /** Instructions {@code from} (inclusive) to {@code to} (exclusive); {@code single} when nothing had to be merged. */
    record Block(int from, int to, boolean single) {}

    Blocks(Code code) {
        int size = code.size();
        boolean[] starts = new boolean[size + 1];
        for (int i = 0; i < size; i++) {
            starts[i] = i == 0 || code.border(i);
        }
        boolean[] joined = new boolean[size + 1]; // no border may be before this instruction
        for (int i = 0; i < size; i++) {
            for (int target : code.targets(i)) {
                join(joined, starts, Math.min(i, target), Math.max(i + 1, target <= i ? i + 1 : reach(starts, target)));
            }
            boolean leaves =
                    code.at(i).getOpcode() >= Opcodes.IRETURN && code.at(i).getOpcode() <= Opcodes.RETURN;
            if (leaves && i < size - 1) {
                join(joined, starts, i, size);
            }
        }
        for (TryCatchBlockNode block : code.method.tryCatchBlocks) {
            int start = code.number(block.start);
            int end = code.number(block.end);
            int handler = code.number(block.handler);
            if (start < end) {
                join(joined, starts, Math.min(start, handler), Math.max(reach(starts, end), handler + 1));
            }
        }
        blockOf = new int[size];
        int from = 0;
        boolean single = true;
        for (int i = 1; i <= size; i++) {
            if (i < size && (!starts[i] || joined[i])) {
                single &= !starts[i];
            } else {
                for (int k = from; k < i; k++) {
                    blockOf[k] = blocks.size();
                }
                blocks.add(new Block(from, i, single));
                from = i;
                single = true;
            }
        }
    }

    /** A range that ends inside a statement has to take in at least its instruction there. */
    private static int reach(boolean[] starts, int end) {
        return end >= starts.length - 1 || starts[end] ? end : end + 1;
    }

    private static void join(boolean[] joined, boolean[] starts, int from, int to) {
        int first = from;
        while (!starts[first]) {
            first--;
        }
        for (int i = first + 1; i < to; i++) {
            joined[i] = true;
        }
    }

    int count() {
        return blocks.size();
    }

    Block block(int index) {
        return blocks.get(index);
    }

    /** The block that an instruction belongs to. */
    int of(int number) {
        return blockOf[number];
    }
}
