package dev.hotpatch.nodeagent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the server is opened to answer, not to be called
final class ControlTest {
    @TempDir
    Path directory;

    @Test
    void carriesCommandsAndAnswers() throws Exception {
        Path socket = directory.resolve(ControlClient.SOCKET);
        try (ControlServer server = start(request -> Map.of(
                "ok",
                true,
                "echo",
                request.string("cmd", 20) + request.optionalString("patch", 20).orElse("-")))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            ControlClient client = new ControlClient(directory);
            assertEquals("apply-", client.call("apply", Optional.empty()).string("echo", 20));
            assertEquals("rollbackx", client.call("rollback", Optional.of("x")).string("echo", 20));
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void tellsTheClientWhatWentWrong() throws Exception {
        try (ControlServer server = start(request -> {
            throw new IOException("no such thing");
        })) {
            IOException refused = assertThrows(
                    IOException.class, () -> new ControlClient(directory).call("status", Optional.empty()));
            assertTrue(refused.toString().contains("no such thing"), refused.toString());
        }
        IOException nobody =
                assertThrows(IOException.class, () -> new ControlClient(directory).call("status", Optional.empty()));
        assertTrue(nobody.toString().contains("node run"), nobody.toString());
    }

    @Test
    void tellsThatTheAgentDiedBeforeItAnswered() throws Exception {
        try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dying.bind(UnixDomainSocketAddress.of(directory.resolve(ControlClient.SOCKET)));
            Thread killer = new Thread(() -> {
                try (SocketChannel accepted = dying.accept()) {
                    accepted.write(ByteBuffer.wrap(new byte[] {'{'}));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            killer.start();
            IOException died =
                    assertThrows(IOException.class, () -> new ControlClient(directory).call("apply", Optional.empty()));
            killer.join();
            assertFalse(died instanceof JsonException, "that would be taken for a malformed patch");
            assertTrue(died.toString().contains("start it again"), died.toString());
        }
    }

    @Test
    void survivesHostileClients() throws Exception {
        try (ControlServer server = start(request -> Map.of("ok", true))) {
            assertTrue(raw("not json\n").contains("\"ok\":false"));
            assertTrue(raw("{\"a\":" + "[".repeat(1000) + "\n").contains("\"ok\":false"));
            assertTrue(raw("x".repeat(ControlServer.MAX_REQUEST + 1)).contains("at most"));
            raw("");
            JsonObject answer = new ControlClient(directory).call("status", Optional.empty());
            assertTrue(answer.bool("ok", false));
        }
    }

    private ControlServer start(ControlHandler handler) throws IOException {
        return ControlServer.start(directory.resolve(ControlClient.SOCKET), handler);
    }

    private String raw(String text) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve(ControlClient.SOCKET)))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
