package dev.hotpatch.cli;

/** A failure of a verb that has its own exit code. */
final class VerbException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String reason;

    VerbException(int exitCode, String reason, String message) {
        super(message);
        this.exitCode = exitCode;
        this.reason = reason;
    }

    int exitCode() {
        return exitCode;
    }

    String reason() {
        return reason;
    }
}
