package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.layerdelta.Op;
import dev.hotpatch.patchformat.layerdelta.Source;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which tars of the base the steps of a delta make use of, so that a node need not unpack others.
 *
 * @param used their numbers, ascending
 * @param bases how many there were
 */
record UsedBases(List<Integer> used, int bases) {
    static UsedBases in(List<Op> ops, int bases) {
        SortedSet<Integer> used = new TreeSet<>();
        for (Op op : ops) {
            int file = file(op);
            if (file >= 0 && file < bases) {
                used.add(file);
            }
        }
        return new UsedBases(List.copyOf(used), bases);
    }

    /** The file of the base that a step reads; -1 if none. */
    private static int file(Op op) {
        if (op instanceof Op.Copy copy) {
            return copy.file();
        }
        if (op instanceof Op.EntryCopy copy) {
            return copy.file();
        }
        if (op instanceof Op.Define define) {
            return define.parent();
        }
        Source source = source(op);
        return source.kind() == Source.Kind.NONE ? -1 : source.file();
    }

    private static Source source(Op op) {
        if (op instanceof Op.Content content) {
            return content.source();
        }
        if (op instanceof Op.Known known) {
            return known.source();
        }
        if (op instanceof Op.Zip zip) {
            return zip.directory();
        }
        return op instanceof Op.Entry entry ? entry.headerSource() : Source.NONE;
    }

    /** The same steps when there are only these tars. */
    List<Op> renumber(List<Op> ops) {
        return ops.stream().map(this::renumber).toList();
    }

    private Op renumber(Op op) {
        if (op instanceof Op.Copy copy) {
            return new Op.Copy(number(copy.file()), copy.offset(), copy.length(), copy.entries());
        }
        if (op instanceof Op.EntryCopy copy) {
            return new Op.EntryCopy(number(copy.file()), copy.offset(), copy.extra(), copy.signed());
        }
        if (op instanceof Op.Define define) {
            return new Op.Define(number(define.parent()), define.offset(), define.stored(), define.length());
        }
        if (op instanceof Op.Content content) {
            return new Op.Content(content.form(), renumber(content.source()));
        }
        if (op instanceof Op.Known known) {
            return new Op.Known(renumber(known.source()));
        }
        if (op instanceof Op.Zip zip) {
            return new Op.Zip(renumber(zip.directory()));
        }
        if (op instanceof Op.Entry entry) {
            return new Op.Entry(
                    entry.parameters(), entry.header(), entry.extra(), entry.signed(), renumber(entry.headerSource()));
        }
        return op;
    }

    private Source renumber(Source source) {
        return source.kind() == Source.Kind.NONE
                ? source
                : new Source(source.kind(), number(source.file()), source.offset(), source.stored(), source.length());
    }

    private int number(int file) {
        return file < bases ? used.indexOf(file) : file - bases + used.size();
    }
}
