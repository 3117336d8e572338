package dev.hotpatch.systemtests.jvm.child;

/** The one line that a child prints for each line that it is sent. */
public final class Answer {
    /** What it begins with, so that it is told from whatever else is printed. */
    public static final String PREFIX = "@@hotpatch ";

    private Answer() {}
}
