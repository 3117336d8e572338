package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import java.util.Arrays;

/**
 * Finds the lengths of a Huffman code as zlib does. Codes of equal cost are many; which one results depends on the order in which
 * a binary heap yields nodes of equal weight, on depth as the second criterion, and on how lengths beyond the maximum are cut.
 */
final class TreeBuilder {
    private static final int MAX_LEAVES = DeflateCodes.LITERALS;
    private static final int MAX_NODES = 2 * MAX_LEAVES - 1;

    private final int[] weight = new int[MAX_NODES];
    private final int[] depth = new int[MAX_NODES];
    private final int[] parent = new int[MAX_NODES];
    /** The depth below the root, which is the length of the code of a leaf. */
    private final int[] bits = new int[MAX_NODES];
    /** A binary heap from index 1. */
    private final int[] heap = new int[MAX_LEAVES + 1];

    private int heapSize;
    /** All nodes in the order in which they were combined, the lightest first. */
    private final int[] order = new int[MAX_NODES];

    private final int[] leavesOfLength = new int[DeflateCodes.MAX_BITS + 1];

    /**
     * Gives {@code code} the lengths for symbols that occur this often, and codes to go with them. At least two symbols get a code,
     * also if fewer occur.
     *
     * @param maxBits the longest code allowed
     */
    void build(int[] frequency, PrefixCode code, int maxBits) {
        int leaves = frequency.length;
        int[] lengths = code.lengths();
        Arrays.fill(lengths, 0);
        heapSize = 0;
        int largest = -1;
        for (int symbol = 0; symbol < leaves; symbol++) {
            if (frequency[symbol] != 0) {
                addLeaf(symbol, frequency[symbol]);
                largest = symbol;
            }
        }
        while (heapSize < 2) {
            addLeaf(largest < 2 ? ++largest : 0, 1);
        }
        int nodes = combine(leaves);
        assignDepths(nodes, leaves, maxBits, lengths);
        code.assign();
    }

    private void addLeaf(int symbol, int frequency) {
        weight[symbol] = frequency;
        depth[symbol] = 0;
        heap[++heapSize] = symbol;
    }

    /** Combines the two lightest nodes until one is left, and returns how many nodes {@link #order} has. */
    private int combine(int leaves) {
        for (int i = heapSize / 2; i >= 1; i--) {
            siftDown(i);
        }
        int ordered = 0;
        int next = leaves;
        while (heapSize >= 2) {
            int lightest = heap[1];
            heap[1] = heap[heapSize--];
            siftDown(1);
            int second = heap[1];
            order[ordered++] = lightest;
            order[ordered++] = second;
            weight[next] = weight[lightest] + weight[second];
            depth[next] = Math.max(depth[lightest], depth[second]) + 1;
            parent[lightest] = next;
            parent[second] = next;
            heap[1] = next++;
            siftDown(1);
        }
        order[ordered++] = heap[1];
        return ordered;
    }

    private void siftDown(int from) {
        int node = heap[from];
        int at = from;
        int child = 2 * at;
        while (child <= heapSize) {
            if (child < heapSize && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (before(node, heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at;
        }
        heap[at] = node;
    }

    private boolean before(int a, int b) {
        return weight[a] < weight[b] || (weight[a] == weight[b] && depth[a] <= depth[b]);
    }

    private void assignDepths(int nodes, int leaves, int maxBits, int[] lengths) {
        Arrays.fill(leavesOfLength, 0);
        int overflow = 0;
        bits[order[nodes - 1]] = 0;
        for (int i = nodes - 2; i >= 0; i--) {
            int node = order[i];
            int length = bits[parent[node]] + 1;
            if (length > maxBits) {
                length = maxBits;
                overflow++;
            }
            bits[node] = length;
            if (node < leaves) {
                leavesOfLength[length]++;
                lengths[node] = length;
            }
        }
        if (overflow > 0) {
            shorten(overflow, maxBits);
            reassign(leaves, maxBits, lengths);
        }
    }

    /** Moves leaves down so that those that were too deep find a place beside them. */
    private void shorten(int tooDeep, int maxBits) {
        for (int overflow = tooDeep; overflow > 0; overflow -= 2) {
            int length = maxBits - 1;
            while (leavesOfLength[length] == 0) {
                length--;
            }
            leavesOfLength[length]--;
            leavesOfLength[length + 1] += 2;
            leavesOfLength[maxBits]--;
        }
    }

    private void reassign(int leaves, int maxBits, int[] lengths) {
        int at = 0;
        for (int length = maxBits; length > 0; length--) {
            int left = leavesOfLength[length];
            while (left > 0) {
                int node = order[at++];
                if (node < leaves) {
                    lengths[node] = length;
                    left--;
                }
            }
        }
    }
}
