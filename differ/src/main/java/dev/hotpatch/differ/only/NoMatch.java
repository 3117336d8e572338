package dev.hotpatch.differ.only;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.tree.ClassNode;

/** What to say of a pattern that selects nothing. */
final class NoMatch {
    private static final int SHOWN = 5;

    private NoMatch() {}

    static String of(CodePattern pattern, Release base, Release target, Set<String> differing) {
        SortedSet<String> all = new TreeSet<>(base.names());
        all.addAll(target.names());
        if (all.stream().anyMatch(pattern::matches)) {
            boolean removed = differing.stream().anyMatch(pattern::matches);
            return "--only " + pattern.text()
                    + (removed ? " names what only OLD has; there is nothing to take" : " is the same in OLD and NEW")
                    + near(pattern, differing);
        }
        return "--only " + pattern.text() + " matches no class that differs" + near(pattern, differing);
    }

    static String ofMethod(CodePattern pattern, ClassNode before, ClassNode after) {
        boolean removed = before.methods.stream().map(Member::of).anyMatch(pattern::matches);
        List<String> names = after.methods.stream()
                .filter(method -> !Release.isNumbered(method))
                .filter(method -> pattern.parameters().isEmpty() || method.name.equals(pattern.method()))
                .sorted(Comparator.comparingInt(method -> distance(method.name, pattern.method())))
                .map(method -> Member.of(method).text())
                .limit(SHOWN)
                .toList();
        return "--only " + pattern.text()
                + (removed ? " names a method that only OLD has" : " matches no method of the class in NEW")
                + (names.isEmpty() ? "" : "; it has " + String.join(", ", names));
    }

    static String ofSameMethod(CodePattern pattern, ClassNode before, ClassNode after) {
        List<String> changed = after.methods.stream()
                .filter(method -> !Release.isNumbered(method))
                .map(Member::of)
                .filter(method -> !Changes.isSame(before, after, method))
                .map(Member::text)
                .limit(SHOWN)
                .toList();
        return "--only " + pattern.text() + " is the same in OLD and NEW"
                + (changed.isEmpty() ? "" : "; what differs in the class: " + String.join(", ", changed));
    }

    private static String near(CodePattern pattern, Set<String> names) {
        String wanted = simple(pattern.className());
        String near = names.stream()
                .filter(name -> !pattern.matches(name))
                .filter(name -> {
                    String simple = simple(name);
                    return !wanted.isEmpty()
                            && (simple.contains(wanted)
                                    || distance(simple, wanted) <= Math.max(2, wanted.length() / 4));
                })
                .sorted(Comparator.comparingInt((String name) -> distance(simple(name), wanted))
                        .thenComparing(name -> name))
                .limit(SHOWN)
                .map(name -> name.replace('/', '.'))
                .collect(Collectors.joining(", "));
        return near.isEmpty() ? "; hotpatch explain OLD NEW lists what differs" : "; near it: " + near;
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be changed, added or left out. */
    private static int distance(String one, String two) {
        int[] row = new int[two.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = diagonal + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[two.length()];
    }
}
