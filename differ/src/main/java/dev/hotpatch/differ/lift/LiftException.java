package dev.hotpatch.differ.lift;

import dev.hotpatch.patchformat.plan.Reason;

/** A change that no lift can express; the class is blocked with the reason. */
final class LiftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    LiftException(String message) {
        this(LiftReasons.failed(message));
    }

    LiftException(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
