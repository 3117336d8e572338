package dev.hotpatch.differ.align;

import org.jspecify.annotations.Nullable;

/** Class files of one side by internal name. */
@FunctionalInterface
public interface ClassSource {
    /** The class file, which is not modified; null for a class that this side has not. */
    byte @Nullable [] find(String internalName);
}
