package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;

/** A patch that must not be applied, or signatures that cannot be added to; {@link #reason()} is stable, the message is for people. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; in the order in which one of several causes is reported, the most telling first. */
    public enum Reason {
        /** Good signatures, but by fewer distinct keys than required. */
        THRESHOLD("threshold", "let more of the trusted keys sign it: hotpatch sign"),
        /** A trusted key signed this patch for another repository, or for none. */
        WRONG_REPOSITORY("wrong-repository", "sign it for the repository where it lies: hotpatch sign"),
        /** A trusted key signed something else. */
        WRONG_DIGEST("wrong-digest", "do not use it; push the patch again, with its own signatures"),
        /** What is signed is not a patch, or the statement about it is not a signature of one. */
        WRONG_TYPE("wrong-type", "push and sign what hotpatch build made"),
        /** The bytes are not those that were signed. */
        TAMPERED("tampered", "do not use it; push it again, and find out who can write to the repository"),
        /** No trusted key made the signature. */
        WRONG_KEY("wrong-key", "sign it with a trusted key, hotpatch sign, or trust its key, --key"),
        /** Not what the format says, or more than is read. */
        MALFORMED("malformed", "push it again as hotpatch build made it"),
        /** Nothing to verify. */
        NO_SIGNATURE("no-signature", "sign it with: hotpatch sign");

        private final String word;
        private final String advice;

        Reason(String word, String advice) {
            this.word = word;
            this.advice = advice;
        }

        /** The word for machines; it never changes. */
        public String word() {
            return word;
        }

        /** What a person can do about it. */
        public String advice() {
            return advice;
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
