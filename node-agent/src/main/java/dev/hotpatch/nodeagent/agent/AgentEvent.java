package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.patchformat.oci.Digest;

/**
 * Something that the agent did, for its log.
 *
 * @param where the JVM, for people
 * @param patch which patch
 * @param state reached
 * @param code {@code ok}, or why not
 * @param detail for people
 * @param micros since the work on this JVM began, in microseconds
 */
public record AgentEvent(String where, Digest patch, ApplyState state, String code, String detail, long micros) {}
