package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;

/** A patch that must not be applied, or signatures that cannot be added to; {@link #reason()} is stable, the message is for people. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; in the order in which one of several causes is reported, the most telling first. */
    public enum Reason {
        /** Good signatures, but by fewer distinct keys than required. */
        THRESHOLD("threshold"),
        /** A trusted key signed this patch for another repository, or for none. */
        WRONG_REPOSITORY("wrong-repository"),
        /** A trusted key signed something else. */
        WRONG_DIGEST("wrong-digest"),
        /** What is signed is not a patch, or the statement about it is not a signature of one. */
        WRONG_TYPE("wrong-type"),
        /** The bytes are not those that were signed. */
        TAMPERED("tampered"),
        /** No trusted key made the signature. */
        WRONG_KEY("wrong-key"),
        /** Not what the format says, or more than is read. */
        MALFORMED("malformed"),
        /** Nothing to verify. */
        NO_SIGNATURE("no-signature");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word for machines; it never changes. */
        public String word() {
            return word;
        }
    }

    private final Reason reason;

    VerificationException(Reason reason, String message) {
        super(ForeignText.clean(message));
        this.reason = reason;
    }

    VerificationException(Reason reason, String message, Throwable cause) {
        super(ForeignText.clean(message), cause);
        this.reason = reason;
    }

    static VerificationException malformed(JsonException cause) {
        return new VerificationException(Reason.MALFORMED, String.valueOf(cause.getMessage()), cause);
    }

    public Reason reason() {
        return reason;
    }
}
