package dev.hotpatch.systemtests.differential.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Writes {@code STATUS TAB id TAB first line of the failure} for each test, and for each container that fails. Closes the writer. */
final class Recorder implements TestExecutionListener, AutoCloseable {
    private static final int LONGEST = 500;

    private final Writer out;
    private int count;

    Recorder(Writer out) {
        this.out = out;
    }

    synchronized int count() {
        return count;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write("SKIPPED", test, "");
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (test.isTest() || !passed) {
            write(
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> "PASSED";
                        case FAILED -> "FAILED";
                        case ABORTED -> "ABORTED";
                    },
                    test,
                    result.getThrowable().map(Recorder::text).orElse(""));
        }
    }

    private static String text(Throwable failure) {
        String text = failure.getClass().getName();
        try {
            text += ": " + failure.getMessage();
        } catch (RuntimeException e) {
            text += ": its message cannot be had: " + e;
        }
        String line = text.replaceAll("\\s+", " ");
        return line.substring(0, Math.min(LONGEST, line.length()));
    }

    private synchronized void write(String status, TestIdentifier test, String text) {
        count++;
        try {
            out.write(status + "\t" + test.getUniqueId().replaceAll("\\s+", " ") + "\t" + text + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
