package dev.hotpatch.differ.align;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The class files of one side. Safe for several threads. */
public interface ClassSource {
    /** Internal names of all classes. */
    SortedSet<String> names();

    /** SHA-256 of a class file in hexadecimal, or null if this side has not that class. */
    @Nullable
    String digest(String internalName);

    /**
     * A class file, which is not modified, or null if this side has not that class.
     *
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    byte @Nullable [] find(String internalName);
}
