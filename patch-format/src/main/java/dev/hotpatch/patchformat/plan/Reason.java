package dev.hotpatch.patchformat.plan;

/**
 * Why something was decided, or what to know about it.
 *
 * @param code a stable word such as {@code method-added}; listed in docs/reasons.md
 * @param member the field or method with its descriptor, or empty if the whole class or file is meant
 * @param text one sentence for people
 */
public record Reason(String code, String member, String text) {
    /** How codes start that say how a change goes live, and warn of nothing. */
    public static final String LIFTED = "lifted-";

    /** The code of what a selection of the target takes along; explains, and warns of nothing. */
    public static final String NEEDED_BY = "needed-by";

    /** Whether it tells of an effect that is missing, rather than of how something is done. */
    public boolean isWarning() {
        return !code.startsWith(LIFTED) && !code.equals(NEEDED_BY);
    }
}
