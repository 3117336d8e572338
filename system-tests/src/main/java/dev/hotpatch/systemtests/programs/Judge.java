package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.programs.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the traces of a pair. What was made before the patch and is used after it is compared line by line, see {@link #held}. */
final class Judge {
    private static final List<String> LATE = List.of(
            "no class was loaded",
            "some classes were loaded, none initialised",
            "all classes were loaded, none initialised");

    private final Map<String, String> answer;
    private final List<String> complaints = new ArrayList<>();
    /** What differs, and when it did. */
    private final Map<String, List<String>> differences = new LinkedHashMap<>();

    private Judge(Map<String, String> answer) {
        this.answer = answer;
    }

    /** Judges what {@link ProgramHost#run} has answered. */
    static Finding judge(PreparedPair pair, Map<String, String> answer) {
        Judge judge = new Judge(answer);
        if (answer.containsKey("failure")) {
            return Finding.of(Kind.CRASHED, judge.get("failure"));
        }
        if (!judge.get("old").equals(judge.get("oldAgain"))) {
            return Finding.of(
                    Kind.UNUSABLE,
                    "the old program prints another trace the second time\n"
                            + Difference.of(judge.get("old"), judge.get("oldAgain")));
        }
        if (!pair.blocked().isEmpty()) {
            return blocked(pair);
        }
        if (pair.liveUnit().isEmpty()) {
            judge.same("new", "old", "plan says identical");
            return judge.finding(Kind.IDENTICAL);
        }
        if (!judge.get("applied").contains(";code=ok;")) {
            return Finding.of(Kind.REFUSED, judge.get("applied"));
        }
        if (!judge.get("rolledBack").contains(";code=ok;")) {
            return Finding.of(Kind.REFUSED, "roll-back: " + judge.get("rolledBack"));
        }
        judge.compare();
        return judge.finding(Kind.EQUAL);
    }

    private static Finding blocked(PreparedPair pair) {
        List<String> codes = pair.blocked().stream()
                .map(blocked -> blocked.reason().code())
                .distinct()
                .toList();
        StringBuilder text = new StringBuilder();
        pair.blocked()
                .forEach(blocked -> text.append(blocked.where())
                        .append(' ')
                        .append(blocked.reason().member())
                        .append(": ")
                        .append(blocked.reason().code())
                        .append(": ")
                        .append(blocked.reason().text())
                        .append('\n'));
        return new Finding(Kind.BLOCKED, codes, text.toString());
    }

    private void compare() {
        same("new", "patched", "patched after a first run");
        same("newAgain", "patchedAgain", "patched, second run");
        for (int form = 0; form < LATE.size(); form++) {
            if (answer.containsKey("patchedLate" + form)) {
                same("new", "patchedLate" + form, "patched when " + LATE.get(form));
                same("old", "restoredLate" + form, "rolled back, patched when " + LATE.get(form));
            }
        }
        held("patchedHeld", "objects from before the patch");
        same("newHeld", "patchedSince", "objects made while patched");
        same("old", "restored", "rolled back");
        held("restoredHeld", "objects from before the patch, after roll-back");
        if (get("restoredSince").contains("THROWN")) {
            complaints.add("objects made while patched do not work after roll-back:\n" + get("restoredSince"));
        }
        if (!get("status").contains(";skipped=0;")) {
            complaints.add("the hook skipped classes: " + get("status"));
        }
    }

    private void same(String expected, String found, String what) {
        if (!get(expected).equals(get(found))) {
            differences
                    .computeIfAbsent(
                            "trace differs from that of the " + expected + " program\n"
                                    + Difference.of(get(expected), get(found)),
                            any -> new ArrayList<>())
                    .add(what);
        }
    }

    /**
     * Lines are {@code key=value}; a thing that both versions make has one key in both. It may behave as the old or as the new version's
     * does, but never as something else: a lambda of before the patch may keep its body or get its new one.
     */
    private void held(String found, String what) {
        Map<String, String> old = lines(get("oldHeld"));
        Map<String, String> now = lines(get("newHeld"));
        lines(get(found)).forEach((key, value) -> {
            boolean right = value.equals(old.get(key))
                    || (now.containsKey(key) ? value.equals(now.get(key)) : isItsOwn(key, value));
            if (!right) {
                complaints.add(what + ": " + key + " behaves as neither version\n  old " + old.get(key) + "\n  new "
                        + now.get(key) + "\n  is  " + value);
            }
        });
        if (get(found).contains("THROWN") && !get("newHeld").contains("THROWN")) {
            complaints.add(what + ": " + get(found));
        }
    }

    /** Where the new version fails to make a thing it is not known how one behaves; but things begin with the name of what makes them. */
    private static boolean isItsOwn(String key, String value) {
        String tag = value.contains("|") ? value.substring(0, value.indexOf('|')) : value;
        return tag.replace("'", "").equals(key.replace(".tag", ""));
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> lines = new HashMap<>();
        text.lines().filter(line -> line.indexOf('=') > 0).forEach(line -> {
            int equals = line.indexOf('=');
            lines.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return lines;
    }

    private String get(String name) {
        return answer.getOrDefault(name, "");
    }

    private Finding finding(Kind good) {
        differences.forEach((text, when) -> complaints.add(0, String.join("; ", when) + ": " + text));
        return complaints.isEmpty() ? Finding.of(good, "") : Finding.of(Kind.DIFFERENT, String.join("\n", complaints));
    }
}
