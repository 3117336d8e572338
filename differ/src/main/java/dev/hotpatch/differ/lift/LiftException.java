package dev.hotpatch.differ.lift;

/** A change that no lift can express; the class is blocked with the message. */
final class LiftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LiftException(String message) {
        super(message);
    }
}
