package dev.hotpatch.testdata.activemq;

import java.io.IOException;

/**
 * Where a broker listens on loopback, 1 to 65535.
 *
 * @param clients for clients
 * @param traced where the broker logs each command that it receives
 */
public record BrokerPorts(int clients, int traced) {
    /** Reads the line that the broker prints once it serves; text before {@code READY} is ignored. */
    public static BrokerPorts parse(String ready) throws IOException {
        Figures figures = Figures.parse(ready);
        return new BrokerPorts((int) figures.number("clients"), (int) figures.number("traced"));
    }
}
