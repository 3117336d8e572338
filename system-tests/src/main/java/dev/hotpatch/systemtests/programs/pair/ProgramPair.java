package dev.hotpatch.systemtests.programs.pair;

import java.util.Map;

/**
 * Two versions of a program as source.
 *
 * @param name a sentence or {@code seed-N}
 * @param release the Java release that both are compiled for
 * @param main the class with {@code public static void run(StringBuilder)}
 * @param before file name to source of the old version
 * @param after file name to source of the new version
 */
public record ProgramPair(
        String name, int release, String main, Map<String, String> before, Map<String, String> after) {
    public ProgramPair {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }
}
