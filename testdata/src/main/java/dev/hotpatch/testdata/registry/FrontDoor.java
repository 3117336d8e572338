package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * The port that clients see when the registry speaks plain HTTP. Many clients (Jib, skopeo) try TLS first; the JDK's server would
 * wait for the end of that "request line" until the client gives up after 10 or 20 seconds, so TLS is turned away at the door
 * and everything else is handed through.
 */
final class FrontDoor implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket listener = new ServerSocket();
    private final InetSocketAddress behind;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    FrontDoor(int port, InetSocketAddress behind, ExecutorService threads) throws IOException {
        this.behind = behind;
        this.threads = threads;
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(loopback(), port), 128);
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    int port() {
        return listener.getLocalPort();
    }

    void start() {
        threads.execute(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> admit(client));
            } catch (IOException e) {
                // Closed, or one connection was lost before it was accepted.
            }
        }
    }

    private void admit(Socket client) {
        try (Socket server = new Socket()) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            int first = client.getInputStream().read();
            if (first < 0 || first == TLS_HANDSHAKE) {
                return;
            }
            server.connect(behind);
            server.getOutputStream().write(first);
            threads.execute(() -> pass(client, server));
            copy(server, client);
        } catch (IOException e) {
            // One side is gone; the other follows below.
        } finally {
            close(client);
            open.removeIf(Socket::isClosed);
        }
    }

    private static void pass(Socket client, Socket server) {
        try {
            copy(client, server);
            server.shutdownOutput();
        } catch (IOException e) {
            close(server);
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        in.transferTo(to.getOutputStream());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to do for it.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(FrontDoor::close);
    }
}
