package dev.hotpatch.differ.content;

/**
 * Where content lies in a {@link Spool}.
 *
 * @param offset of its first byte
 * @param size in bytes
 */
public record Blob(long offset, long size) {}
