package dev.hotpatch.differ.archive;

/**
 * A class file in a unit.
 *
 * @param name internal name
 * @param release of a multi-release jar, the folder of {@code META-INF/versions} that it lies in; otherwise 0
 */
public record ClassKey(String name, int release) implements Comparable<ClassKey> {
    @Override
    public int compareTo(ClassKey other) {
        // Not by a comparator, as jars have thousands of classes and each look asks a dozen times.
        int order = name.compareTo(other.name);
        return order != 0 ? order : Integer.compare(release, other.release);
    }
}
