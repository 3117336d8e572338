package dev.hotpatch.benchmarks;

/** What the measured class does in both versions; how it does it in the new one is what is measured. For one thread. */
public interface Subject {
    /** Calls an added static method. */
    int addedStatic(int x);

    /** Calls an added private method. */
    int addedPrivate(int x);

    /** Calls an added method that can be overridden. */
    int addedVirtual(int x);

    /** Reads an added static final object. */
    int constantObject(int x);

    /** Reads a constant that has another value in the new version. */
    int inlinedConstant(int x);

    /** Reads an added instance field. */
    int addedField(int x);
}
