package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.ClassSource;

/** The class files of the base or of the target that see each other. Safe for several threads. */
public interface Side extends ClassSource {}
