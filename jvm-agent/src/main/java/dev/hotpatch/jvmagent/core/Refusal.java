package dev.hotpatch.jvmagent.core;

/** A request that was not carried out and left the JVM as it was: a stable code word, and the facts for people. */
final class Refusal extends Exception {
    static final String BAD_REQUEST = "bad-request";
    static final String BAD_ARCHIVE = "bad-archive";
    static final String DIGEST_MISMATCH = "digest-mismatch";
    static final String CLASS_MISMATCH = "class-mismatch";
    static final String CLASS_UNREADABLE = "class-unreadable";
    static final String CLASS_AMBIGUOUS = "class-ambiguous";
    static final String UNMODIFIABLE = "unmodifiable";
    static final String NEW_CLASS_CONFLICT = "new-class-conflict";
    static final String DEFINE_REFUSED = "define-refused";
    static final String REDEFINE_REFUSED = "redefine-refused";
    /** A new class of the patch is there with other members, from the patch before. */
    static final String NEW_CLASS_SHAPE = "new-class-shape";

    static final String EFFECT_FAILED = "effect-failed";
    static final String PROBE_FAILED = "probe-failed";
    static final String NOTHING_APPLIED = "nothing-applied";
    static final String UNSUPPORTED_JVM = "unsupported-jvm";
    /** The exception to the rule above: some class could not be brought back. */
    static final String UNDO_FAILED = "undo-failed";

    private static final long serialVersionUID = 1;

    private final String code;

    Refusal(String code, String message) {
        super(message);
        this.code = code;
    }

    Refusal(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    String code() {
        return code;
    }
}
