package dev.hotpatch.systemtests.programs;

import java.util.ArrayList;
import java.util.List;

/** The words of a command line; those that were asked for are taken out. */
final class Options {
    private final List<String> words;

    Options(String[] words) {
        this.words = new ArrayList<>(List.of(words));
    }

    boolean has(String name) {
        return words.remove(name);
    }

    String take(String name, String otherwise) {
        int at = words.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        words.remove(at);
        if (at >= words.size()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return words.remove(at);
    }

    List<String> takeAll(String name) {
        List<String> values = new ArrayList<>();
        for (String value = take(name, ""); !value.isEmpty(); value = take(name, "")) {
            values.add(value);
        }
        return values;
    }

    List<String> rest() {
        return List.copyOf(words);
    }

    /** Refuses words that nothing has asked for. */
    void end() {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("not understood: " + words);
        }
    }
}
