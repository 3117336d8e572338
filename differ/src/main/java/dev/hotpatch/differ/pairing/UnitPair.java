package dev.hotpatch.differ.pairing;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.content.StoredFile;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A jar or a folder of classes, on both sides.
 *
 * @param basePath where it is in the base, containers joined by {@code !/}; empty if only the target has it
 * @param targetPath the same in the target
 * @param base its class files, all of them
 * @param target the same in the target
 */
public record UnitPair(
        String basePath,
        String targetPath,
        SortedMap<ClassKey, StoredFile> base,
        SortedMap<ClassKey, StoredFile> target) {
    public UnitPair {
        base = Collections.unmodifiableSortedMap(new TreeMap<>(base));
        target = Collections.unmodifiableSortedMap(new TreeMap<>(target));
    }
}
