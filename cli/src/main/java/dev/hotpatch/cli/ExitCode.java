package dev.hotpatch.cli;

/** The exit codes of the command; README lists them, scripts depend on them. */
final class ExitCode {
    static final int OK = 0;
    static final int ERROR = 1;
    static final int USAGE = 2;
    static final int NOT_AUTHORISED = 3;
    static final int NOT_FOUND = 4;
    static final int VERIFICATION_FAILED = 5;
    static final int CANNOT_GO_LIVE = 6;
    static final int ROLLED_BACK = 7;
    static final int INCONCLUSIVE = 8;

    private ExitCode() {}
}
