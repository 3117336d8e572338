package dev.hotpatch.differ.archive;

import java.util.Comparator;

/**
 * A class file in a unit.
 *
 * @param name internal name
 * @param release of a multi-release jar, the folder of {@code META-INF/versions} that it lies in; otherwise 0
 */
public record ClassKey(String name, int release) implements Comparable<ClassKey> {
    private static final Comparator<ClassKey> ORDER =
            Comparator.comparing(ClassKey::name).thenComparingInt(ClassKey::release);

    @Override
    public int compareTo(ClassKey other) {
        return ORDER.compare(this, other);
    }
}
