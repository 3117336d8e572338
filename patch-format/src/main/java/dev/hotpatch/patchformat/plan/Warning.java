package dev.hotpatch.patchformat.plan;

/**
 * Something that goes live but perhaps not with the effect that a restart would have.
 *
 * @param where the class or path
 * @param reason what to know
 */
public record Warning(String where, Reason reason) {}
