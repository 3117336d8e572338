package dev.hotpatch.jvmagent.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The threads that may still run old code.
 *
 * <p>Conservative: right after the change every thread with a frame of a changed class counts, whether or not that method
 * changed. Later a thread counts as long as such a frame may still be the same: it, and every frame below it, has at its
 * depth the class and method that it had before. So the set only ever shrinks, and calls that began after the change are
 * never counted. Virtual threads that are not mounted are not seen.
 */
final class Drain {
    /** Per thread id, its frames from the bottom of the stack up to the topmost one of a changed class. */
    private final Map<Long, List<String>> frames = new HashMap<>();

    private static final int MAX_NAME = 200;

    private final Set<String> classes = new HashSet<>();

    /** Starts anew, with the names (dots) of the classes that have just changed. */
    void begin(Set<String> changed) {
        frames.clear();
        classes.clear();
        classes.addAll(changed);
        if (!changed.isEmpty()) {
            for (Map.Entry<Thread, StackTraceElement[]> e :
                    Thread.getAllStackTraces().entrySet()) {
                List<String> old = trimmed(bottomUp(e.getValue()));
                if (!old.isEmpty() && e.getKey() != Thread.currentThread()) {
                    frames.put(e.getKey().getId(), old);
                }
            }
        }
    }

    /** The threads that are not known to have left old code: the name, and the topmost method that may be old. */
    List<String> remaining() {
        List<String> names = new ArrayList<>();
        if (!frames.isEmpty()) {
            Map<Long, String> alive = new HashMap<>();
            for (Map.Entry<Thread, StackTraceElement[]> e :
                    Thread.getAllStackTraces().entrySet()) {
                Long id = e.getKey().getId();
                List<String> old = frames.get(id);
                if (old != null) {
                    frames.put(id, trimmed(common(old, bottomUp(e.getValue()))));
                    alive.put(id, e.getKey().getName());
                }
            }
            for (Iterator<Map.Entry<Long, List<String>>> i = frames.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<Long, List<String>> e = i.next();
                String name = alive.get(e.getKey());
                if (name == null || e.getValue().isEmpty()) {
                    i.remove();
                } else {
                    List<String> old = e.getValue();
                    names.add(cut(name) + " (" + cut(old.get(old.size() - 1)) + ")");
                }
            }
        }
        return names;
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }

    private static List<String> bottomUp(StackTraceElement[] trace) {
        List<String> all = new ArrayList<>(trace.length);
        for (int i = trace.length - 1; i >= 0; i--) {
            all.add(trace[i].getClassName() + "#" + trace[i].getMethodName());
        }
        return all;
    }

    private static List<String> common(List<String> a, List<String> b) {
        int n = 0;
        while (n < a.size() && n < b.size() && a.get(n).equals(b.get(n))) {
            n++;
        }
        return new ArrayList<>(a.subList(0, n));
    }

    private List<String> trimmed(List<String> stack) {
        int n = stack.size();
        while (n > 0
                && !classes.contains(
                        stack.get(n - 1).substring(0, stack.get(n - 1).indexOf('#')))) {
            n--;
        }
        return new ArrayList<>(stack.subList(0, n));
    }
}
