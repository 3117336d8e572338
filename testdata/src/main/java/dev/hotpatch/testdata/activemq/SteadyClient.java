package dev.hotpatch.testdata.activemq;

import java.io.IOException;
import java.time.Duration;

/**
 * A client process that keeps one connection to a broker and counts what it sends and receives. Figures of a phase: {@code sent},
 * {@code received}, {@code drops}, {@code pauseMillis} (longest time without a message), {@code p50Micros}, {@code p99Micros},
 * {@code p999Micros}, {@code maxMicros} (from sending to receiving); of the whole run also {@code lost}, {@code duplicated},
 * {@code disordered}. Closing it ends the process.
 */
public final class SteadyClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningProcess jvm;

    SteadyClient(RunningProcess jvm) {
        this.jvm = jvm;
    }

    /** Waits until this many messages in all have come back, at most a minute. */
    public void awaitReceived(int messages) throws IOException, InterruptedException {
        int from = jvm.lineCount();
        jvm.tell("expect " + messages);
        jvm.await("EXPECTED " + messages, from, PATIENCE.multipliedBy(2));
    }

    /** Ends a phase, gives its figures and begins the next; the name has no blanks. */
    public Figures endPhase(String name) throws IOException, InterruptedException {
        int from = jvm.lineCount();
        jvm.tell("phase " + name);
        return Figures.parse(jvm.await("PHASE name=" + name, from, PATIENCE));
    }

    /** Stops sending, waits for what is under way, and gives the figures of the whole run. */
    public Figures stop() throws IOException, InterruptedException {
        jvm.tell("stop");
        Figures totals = Figures.parse(jvm.await("TOTAL ", 0, PATIENCE));
        jvm.exitCode(PATIENCE);
        return totals;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
