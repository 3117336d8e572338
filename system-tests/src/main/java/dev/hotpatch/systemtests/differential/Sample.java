package dev.hotpatch.systemtests.differential;

import java.util.ArrayList;
import java.util.List;

/** Some of many. */
final class Sample {
    private Sample() {}

    /** So many, spread evenly and always the same; all for 0, or if there are no more. */
    static List<String> of(List<String> all, int count) {
        if (count <= 0 || count >= all.size()) {
            return all;
        }
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }
}
