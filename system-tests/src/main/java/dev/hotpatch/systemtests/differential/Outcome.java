package dev.hotpatch.systemtests.differential;

/**
 * How one test ended.
 *
 * @param testClass the class that was run
 * @param status PASSED, FAILED, ABORTED, SKIPPED, or BROKEN_OFF for a class that did not come to an end
 * @param text first line of the failure; empty if there was none
 */
record Outcome(String testClass, String status, String text) {
    static final String BROKEN_OFF = "BROKEN_OFF";

    /** Of a test that the other side has and this one has not. */
    static final Outcome ABSENT = new Outcome("", "ABSENT", "");

    boolean isSame(Outcome other) {
        return status.equals(other.status);
    }

    /** The status, and why. */
    String describe() {
        return text.isEmpty() ? status : status + " (" + text + ")";
    }
}
