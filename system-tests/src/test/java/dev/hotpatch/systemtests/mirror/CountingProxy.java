package dev.hotpatch.systemtests.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes connections on to a server on loopback, counts what comes back, and breaks all of them when told to, or at a byte. Whoever
 * started it closes it.
 */
final class CountingProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final int port;
    private final AtomicLong received = new AtomicLong();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long limit = Long.MAX_VALUE;
    private volatile Runnable atLimit = () -> {};

    private CountingProxy(ServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** In front of that port. */
    static CountingProxy start(int port) throws IOException {
        CountingProxy proxy = new CountingProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), port);
        proxy.run(proxy::accept);
        return proxy;
    }

    /** Host and port of its own. */
    String host() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Bytes that came back since the last call. */
    long received() {
        return received.getAndSet(0);
    }

    /** When that many bytes have come back, does this, passes nothing on any more, and breaks all connections. */
    void breakAfter(long bytes, Runnable then) {
        received.set(0);
        atLimit = then;
        limit = bytes;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket();
            sockets.add(client);
            sockets.add(server);
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                client.close();
                continue;
            }
            run(() -> copy(client, server, new AtomicLong()));
            run(() -> copy(server, client, received));
        }
    }

    private void copy(Socket from, Socket to, AtomicLong count) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (count.addAndGet(n) > limit) {
                    atLimit.run();
                    return;
                }
                out.write(buffer, 0, n);
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side is gone, and with it the connection.
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Nobody is answered any more. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
