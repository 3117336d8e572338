package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.programs.generate.SeededPair;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a failing pair small: leaves out changes one by one, then classes, members and statements, in both versions where both have them,
 * as long as the pair fails in the same way. Works on the text: a piece is a line, or the lines from one that opens a brace to its closing one.
 */
final class Minimiser {
    private static final int TRIALS = 3_000;

    private final Trial trial;
    private int left = TRIALS;

    Minimiser(Trial trial) {
        this.trial = trial;
    }

    /** The smallest pair that was found. */
    ProgramPair minimise(SeededPair seed, Finding finding) throws IOException {
        SeededPair best = seed;
        for (int i = 0; i < 6; i++) {
            SeededPair smaller = SeededPair.of(best.recipe().without(i));
            if (smaller.rows().size() < best.rows().size() && fails(smaller.pair(), finding)) {
                best = smaller;
            }
        }
        return minimise(best.pair(), finding);
    }

    /** The smallest pair that was found by leaving out text. */
    ProgramPair minimise(ProgramPair pair, Finding finding) throws IOException {
        ProgramPair best = pair;
        boolean smaller = true;
        while (smaller && left > 0) {
            ProgramPair before = best;
            for (String file : new TreeSet<>(best.after().keySet())) {
                best = without(best, file, finding);
            }
            for (String file : new TreeSet<>(best.before().keySet())) {
                best = pieces(best, file, finding);
            }
            for (String file : new TreeSet<>(best.after().keySet())) {
                best = pieces(best, file, finding);
            }
            smaller = !best.equals(before);
        }
        return best;
    }

    private ProgramPair without(ProgramPair pair, String file, Finding finding) throws IOException {
        Map<String, String> before = new TreeMap<>(pair.before());
        Map<String, String> after = new TreeMap<>(pair.after());
        before.remove(file);
        after.remove(file);
        ProgramPair smaller = new ProgramPair(pair.name(), pair.release(), pair.main(), before, after);
        return fails(smaller, finding) ? smaller : pair;
    }

    private ProgramPair pieces(ProgramPair start, String file, Finding finding) throws IOException {
        ProgramPair pair = start;
        int line = 0;
        while (true) {
            Map<String, String> side = pair.before().containsKey(file) ? pair.before() : pair.after();
            List<String> lines = side.getOrDefault(file, "").lines().toList();
            if (line >= lines.size()) {
                break;
            }
            ProgramPair smaller = cut(pair, file, line, true, true);
            if (!smaller.equals(pair) && fails(smaller, finding)) {
                pair = smaller;
                continue;
            }
            line++;
        }
        // What only one side has, or each has in its own way.
        for (boolean old : new boolean[] {true, false}) {
            line = 0;
            while (line
                    < (old ? pair.before() : pair.after())
                            .getOrDefault(file, "")
                            .lines()
                            .count()) {
                ProgramPair smaller = cut(pair, file, line, old, !old);
                if (!smaller.equals(pair) && fails(smaller, finding)) {
                    pair = smaller;
                    continue;
                }
                line++;
            }
        }
        return pair;
    }

    /** Leaves out the piece that begins at a line of the old version, or of the new one, and the same text in the other. */
    private static ProgramPair cut(ProgramPair pair, String file, int line, boolean old, boolean now) {
        Map<String, String> before = new TreeMap<>(pair.before());
        Map<String, String> after = new TreeMap<>(pair.after());
        Map<String, String> first = old && before.containsKey(file) ? before : after;
        List<String> lines = first.getOrDefault(file, "").lines().toList();
        List<String> piece = lines.subList(line, end(lines, line));
        if (old && before.containsKey(file)) {
            before.put(file, remove(before.getOrDefault(file, ""), piece, line));
            if (now && after.containsKey(file)) {
                after.put(file, remove(after.getOrDefault(file, ""), piece, -1));
            }
        } else {
            after.put(file, remove(after.getOrDefault(file, ""), piece, line));
        }
        return new ProgramPair(pair.name(), pair.release(), pair.main(), before, after);
    }

    private static int end(List<String> lines, int from) {
        int depth = 0;
        for (int i = from; i < lines.size(); i++) {
            depth += Layout.balance(lines.get(i));
            if (depth <= 0) {
                return i + 1;
            }
        }
        return from + 1;
    }

    private static String remove(String text, List<String> piece, int at) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int from = at >= 0 ? at : java.util.Collections.indexOfSubList(lines, piece);
        if (from < 0) {
            return text;
        }
        lines.subList(from, from + piece.size()).clear();
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private boolean fails(ProgramPair pair, Finding like) throws IOException {
        if (left <= 0) {
            return false;
        }
        left--;
        Finding finding = trial.of(pair);
        return finding.kind() == like.kind() && kindOf(finding).equals(kindOf(like));
    }

    /** What makes two failures the same: the reasons, or which error is thrown, or which comparison fails first. */
    private static String kindOf(Finding finding) {
        String text = finding.text();
        for (String error : List.of(
                "VerifyError",
                "NoSuchMethodError",
                "NoSuchFieldError",
                "IllegalAccessError",
                "AbstractMethodError",
                "IncompatibleClassChangeError",
                "NullPointerException",
                "ClassCastException",
                "NoClassDefFoundError",
                "StackOverflowError")) {
            if (text.contains(error)) {
                return error;
            }
        }
        return finding.kind() == Finding.Kind.BLOCKED
                ? finding.codes().toString()
                : text.lines().findFirst().orElse("").replaceAll("\\d+", "");
    }
}
