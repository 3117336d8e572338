package dev.hotpatch.differ.align;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What was found for outermost classes while other forms of the same sides were aligned: most of their classes are the same. Safe for several threads. */
public final class KnownGroups {
    private final Map<List<String>, Renaming> groups = new ConcurrentHashMap<>();

    /** @param files all that the names depend on: classes and digests of both sides */
    Renaming get(List<String> files, Supplier<Renaming> find) {
        Renaming names = groups.get(files);
        if (names == null) {
            names = find.get();
            groups.put(files, names);
        }
        return names;
    }
}
