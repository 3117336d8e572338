package dev.hotpatch.nodeagent.control;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Talks to the node-agent that runs on this machine; one connection for each command. */
public final class ControlClient {
    /** Name of the socket in the state directory. */
    public static final String SOCKET = "control.sock";

    private static final int MAX_REPLY = 64 << 20;
    private static final int MAX_ERROR = 1 << 16;

    private final Path socket;

    /** For the agent that uses that state directory. */
    public ControlClient(Path stateDirectory) {
        this.socket = stateDirectory.resolve(SOCKET);
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param command {@code status}, {@code apply} or {@code rollback}
     * @param patch digest of a patch, for the last two
     * @return the answer, as {@link AgentCommands} gives it
     * @throws IOException if no agent runs, or it did not carry out the command
     */
    public JsonObject call(String command, Optional<String> patch) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("cmd", command);
        patch.ifPresent(digest -> request.put("patch", digest));
        JsonObject answer;
        try (SocketChannel channel = connect()) {
            answer = ask(channel, JsonWriter.compact(request));
        }
        if (!answer.bool("ok", false)) {
            throw new IOException("the node-agent refused " + command + ": "
                    + answer.optionalString("error", MAX_ERROR).orElse("without a reason"));
        }
        return answer;
    }

    private JsonObject ask(SocketChannel channel, byte[] request) throws IOException {
        byte[] reply;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
            reply = Channels.newInputStream(channel).readNBytes(MAX_REPLY + 1);
            if (reply.length <= MAX_REPLY) {
                return JsonObject.parse(reply, "answer of the node-agent");
            }
        } catch (IOException e) {
            // An agent that is killed while it works leaves its answer unfinished.
            throw new IOException(
                    socket + ": the node-agent ended before it had answered; start it again: it goes on where it was ("
                            + e.getMessage() + ")",
                    e);
        }
        throw new IOException(socket + ": an answer of more than " + MAX_REPLY + " bytes");
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new IOException(
                    socket + ": no node-agent answers; is 'hotpatch node run' running with this state directory? ("
                            + e.getMessage() + ")",
                    e);
        }
    }
}
