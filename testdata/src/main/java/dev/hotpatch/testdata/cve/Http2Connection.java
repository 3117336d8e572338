package dev.hotpatch.testdata.cve;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The client's side of an HTTP/2 connection (RFC 9113) without TLS, as far as an attacker needs it. Not for several threads. */
final class Http2Connection implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_STREAM_AND_HEADERS = 5;
    private static final int CANCEL = 8;
    private static final int MAX_FRAME = 1 << 14;
    private static final int PATIENCE_MILLIS = 20_000;

    /** GET, http, / by their place in HPACK's static table, then {@code :authority: h}. */
    private static final byte[] GET = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'h'};

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int nextStream = 1;

    private Http2Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static Http2Connection open(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            Http2Connection connection = new Http2Connection(socket);
            connection.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.send(SETTINGS, 0, 0, new byte[0]);
            Frame first = connection.read();
            if (first.type != SETTINGS) {
                throw new IOException("the first frame from port " + port + " has type " + first.type);
            }
            connection.send(SETTINGS, ACK, 0, new byte[0]);
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** One request that is cancelled in the same breath. A server that has hung up is not an error here. */
    void requestAndReset() throws IOException {
        int stream = nextStream;
        nextStream += 2;
        try {
            send(HEADERS, END_STREAM_AND_HEADERS, stream, GET);
            send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
        } catch (SocketException hungUp) {
            // Why, its last frame says.
        }
    }

    /** Asks for a sign of life. */
    void ping() throws IOException {
        try {
            send(PING, 0, 0, new byte[8]);
        } catch (SocketException hungUp) {
            // As above.
        }
    }

    /** The error code of the server's farewell, or nothing if it answers the ping first. */
    Optional<Long> awaitGoAwayOrPong() throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type == GOAWAY) {
                return Optional.of(
                        Integer.toUnsignedLong(ByteBuffer.wrap(frame.payload).getInt(4)));
            }
            if (frame.type == PING && frame.flags == ACK) {
                return Optional.empty();
            }
        }
    }

    /** Makes one request and gives the body of the answer as text. */
    String request() throws IOException {
        int stream = nextStream;
        nextStream += 2;
        send(HEADERS, END_STREAM_AND_HEADERS, stream, GET);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame = read();
            if (frame.type == GOAWAY || frame.type == RST_STREAM) {
                throw new IOException("the server refused an honest request: frame type " + frame.type);
            }
            if (frame.type == DATA && frame.stream == stream) {
                body.write(frame.payload);
                if ((frame.flags & END_STREAM) != 0) {
                    return body.toString(StandardCharsets.UTF_8);
                }
            }
        }
    }

    private void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        out.write(frame.array());
    }

    private Frame read() throws IOException {
        int lengthAndType = in.readInt();
        int length = lengthAndType >>> 8;
        if (length > MAX_FRAME) {
            throw new IOException("a frame of " + length + " bytes, more than " + MAX_FRAME);
        }
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the server hung up within a frame");
        }
        return new Frame(lengthAndType & 0xff, flags, stream, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Frame {
        final int type;
        final int flags;
        final int stream;
        final byte[] payload;

        Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }
    }
}
