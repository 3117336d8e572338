package dev.hotpatch.testdata.cve;

/**
 * How an attack ended.
 *
 * @param succeeded did the victim do what the attacker wanted
 * @param evidence what was seen, or what the victim said when it refused
 */
public record Attempt(boolean succeeded, String evidence) {}
