package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.JdkOptions;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
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

    /** What {@code --jdk} names, by home or release; the JDK that runs this without any. */
    List<Jdk> jdks() throws IOException {
        List<Integer> usual = List.of(Runtime.version().feature());
        return JdkOptions.choose(takeAll("--jdk"), usual, CacheFolder.fromEnvironment(System.getenv()));
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
