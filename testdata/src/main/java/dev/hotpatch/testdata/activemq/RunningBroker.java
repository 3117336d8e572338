package dev.hotpatch.testdata.activemq;

import java.io.IOException;
import java.time.Duration;

/** A broker that serves on loopback as a process of ours; closing it ends the process. */
public final class RunningBroker implements AutoCloseable {
    private final RunningProcess jvm;
    private final BrokerPorts ports;

    private RunningBroker(RunningProcess jvm, BrokerPorts ports) {
        this.jvm = jvm;
        this.ports = ports;
    }

    /** Waits until a broker process prints that it serves. */
    public static RunningBroker awaitReady(RunningProcess jvm, Duration patience)
            throws IOException, InterruptedException {
        return new RunningBroker(jvm, BrokerPorts.parse(jvm.await("READY ", 0, patience)));
    }

    public BrokerPorts ports() {
        return ports;
    }

    /** The process, for its id and its log. */
    public RunningProcess jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
