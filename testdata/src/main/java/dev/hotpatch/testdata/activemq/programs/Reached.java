package dev.hotpatch.testdata.activemq.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What the attack makes a vulnerable broker create: harmless, on the broker's class path, with a constructor that takes a string as
 * the attack needs. It says so on standard output and on a socket of the attacker, who thereby has a proof.
 */
public final class Reached {
    /** @param where {@code PORT:TOKEN}; the token is sent to that port on loopback */
    public Reached(String where) {
        int colon = where.indexOf(':');
        int port = Integer.parseInt(where.substring(0, colon));
        String token = where.substring(colon + 1);
        System.out.println(
                "REACHED " + token + " in process " + ProcessHandle.current().pid());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            socket.getOutputStream().write((token + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
