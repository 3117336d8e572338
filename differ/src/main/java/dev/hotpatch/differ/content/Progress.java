package dev.hotpatch.differ.content;

/** Is told how far long work is, from several threads. Must return quickly and not throw. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (step, done, total) -> {};

    /**
     * So much of a step is done.
     *
     * @param step what is being done, for people
     * @param done from 0 to {@code total}, in units that differ from step to step
     */
    void at(String step, long done, long total);
}
