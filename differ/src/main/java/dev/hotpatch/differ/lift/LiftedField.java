package dev.hotpatch.differ.lift;

/**
 * A field that has no place in the base's shape: a static field of {@code companion}, or for an instance field its side table's class,
 * with the methods {@code get} and {@code set}.
 */
record LiftedField(String owner, MemberId member, String companion) {}
