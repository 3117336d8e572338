package dev.hotpatch.testdata.activemq.programs;

import java.net.URL;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;

/**
 * Runs a broker until the process is ended. Arguments: the port for clients, a second port on which every received command is
 * logged (0: any free port, for both), and a folder for a persistent queue, or {@code -} for memory only. Prints
 * {@code READY clients=PORT traced=PORT pid=PID} once it serves. Loopback only.
 */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        URL logging = BrokerMain.class.getResource("log4j.properties");
        if (logging != null) {
            System.setProperty("log4j.configuration", logging.toString());
        }
        BrokerService broker = new BrokerService();
        broker.setBrokerName("broker");
        broker.setUseJmx(false);
        broker.setPersistent(!args[2].equals("-"));
        if (broker.isPersistent()) {
            broker.setDataDirectory(args[2]);
        }
        broker.getSystemUsage().getStoreUsage().setLimit(256L << 20);
        broker.getSystemUsage().getTempUsage().setLimit(64L << 20);
        TransportConnector clients = broker.addConnector("tcp://127.0.0.1:" + args[0]);
        TransportConnector traced = broker.addConnector("tcp://127.0.0.1:" + args[1] + "?trace=true");
        broker.start();
        broker.waitUntilStarted();
        System.out.println(
                "READY clients=" + clients.getServer().getSocketAddress().getPort() + " traced="
                        + traced.getServer().getSocketAddress().getPort() + " pid="
                        + ProcessHandle.current().pid());
        broker.waitUntilStopped();
    }
}
