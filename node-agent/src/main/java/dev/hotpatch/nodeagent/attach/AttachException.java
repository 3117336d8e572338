package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.proc.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JVM could not be reached or did not do what was asked; the message says what was tried and found, and what to do. */
public final class AttachException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    public AttachException(Refusal reason, String what) {
        this(reason, what, null);
    }

    public AttachException(Refusal reason, String what, @Nullable Throwable cause) {
        super(reason.code() + ": " + what + ": " + reason.advice(), cause);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
