package dev.hotpatch.nodeagent.control;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers commands on a unix socket, mode 0600: a connection carries one line of JSON each way. Whoever started it closes it,
 * which removes the socket.
 */
public final class ControlServer implements AutoCloseable {
    static final int MAX_REQUEST = 64 * 1024;
    private static final int CONNECTIONS = 8;

    private final Path socket;
    private final ServerSocketChannel server;
    private final ControlHandler handler;
    private final ExecutorService workers = new ThreadPoolExecutor(
            CONNECTIONS, CONNECTIONS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(CONNECTIONS), task -> {
                Thread thread = new Thread(task, "hotpatch-control");
                thread.setDaemon(true);
                return thread;
            });

    private ControlServer(Path socket, ServerSocketChannel server, ControlHandler handler) {
        this.socket = socket;
        this.server = server;
        this.handler = handler;
    }

    /**
     * Starts to answer. A socket that an earlier agent left is replaced: the state directory is locked by now.
     *
     * @param socket in a directory that only the agent's user can enter; at most 100 bytes long
     */
    public static ControlServer start(Path socket, ControlHandler handler) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            channel.close();
            throw new IOException(socket + ": cannot listen: " + e.getMessage(), e);
        }
        ControlServer server = new ControlServer(socket, channel, handler);
        Thread acceptor = new Thread(server::accept, "hotpatch-control-accept");
        acceptor.setDaemon(true);
        acceptor.start();
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        workers.shutdownNow();
        Files.deleteIfExists(socket);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                hand(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException ignored) {
                // A client went away between connecting and being accepted.
            }
        }
    }

    private void hand(SocketChannel connection) throws IOException {
        try {
            workers.execute(() -> serve(connection));
        } catch (RejectedExecutionException e) {
            connection.close();
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            ByteBuffer reply = ByteBuffer.wrap(line(answer(connection)));
            while (reply.hasRemaining()) {
                connection.write(reply);
            }
        } catch (IOException ignored) {
            // The client is gone; there is nobody to tell.
        }
    }

    private Map<String, Object> answer(SocketChannel connection) {
        try {
            return handler.handle(JsonObject.parse(readLine(Channels.newInputStream(connection)), "command"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("the node-agent is ending");
        } catch (IOException | RuntimeException e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> error(String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("ok", false);
        error.put("error", message);
        return error;
    }

    private static byte[] line(Map<String, Object> object) {
        byte[] json = JsonWriter.compact(object);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private static byte[] readLine(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == MAX_REQUEST) {
                throw new IOException("a command has at most " + MAX_REQUEST + " bytes");
            }
            line.write(b);
        }
        return line.toByteArray();
    }
}
