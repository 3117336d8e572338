package dev.hotpatch.systemtests.corpus;

/**
 * A class that could not be loaded or linked.
 *
 * @param name of the class, with dots
 * @param cause what was thrown
 */
public record Failure(String name, String cause) {
    private static final String NO_CLASS = "java.lang.NoClassDefFoundError: ";

    /** The class whose lack is the cause, with dots; empty if the cause is another. */
    String missing() {
        return cause.matches("java\\.lang\\.NoClassDefFoundError: \\S+")
                ? cause.substring(NO_CLASS.length()).replace('/', '.')
                : "";
    }
}
