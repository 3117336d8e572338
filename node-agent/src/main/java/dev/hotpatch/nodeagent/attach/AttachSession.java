package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.linux.Deadline;
import dev.hotpatch.nodeagent.linux.Errno;
import dev.hotpatch.nodeagent.linux.LinuxException;
import dev.hotpatch.nodeagent.linux.UnixStream;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/**
 * A held process and its /tmp; every command is a connection of its own, as the protocol wants it. For one thread at a time.
 * Whoever attached closes it. Every method throws {@link AttachException} for what the target is or does.
 */
public final class AttachSession implements AutoCloseable {
    /** HotSpot reads no longer argument of a command, in bytes. */
    public static final int MAX_ARGUMENT = 1024;

    private static final int MAX_REPLY = 1 << 20;

    private final JvmProcess process;
    private final Identity identity;
    private final ContainerTmp tmp;
    private final Staging staging;
    private final Listener listener;
    private final AttachTimeouts timeouts;

    AttachSession(
            JvmProcess process,
            Identity identity,
            ContainerTmp tmp,
            Staging staging,
            Listener listener,
            AttachTimeouts timeouts) {
        this.process = process;
        this.identity = identity;
        this.tmp = tmp;
        this.staging = staging;
        this.listener = listener;
        this.timeouts = timeouts;
    }

    public JvmProcess process() {
        return process;
    }

    /**
     * Puts a file into the target's /tmp: root's, mode 0444.
     *
     * @param tag letters and digits; files of equal bytes and tag are one file
     * @param extension with its dot
     * @return its absolute path as the target sees it
     */
    public String stage(byte[] bytes, String tag, String extension) throws IOException {
        String name = staging.stage(bytes, tag, extension);
        identity.check();
        return "/tmp/" + name;
    }

    /** Removes what {@link #stage} put there; nothing happens if it is gone. */
    public void unstage(String path) throws IOException {
        if (!path.startsWith("/tmp/.hotpatch-")) {
            throw new IllegalArgumentException("not a staged file: " + path);
        }
        tmp.remove(path.substring("/tmp/".length()));
    }

    /** Makes the target open its attach socket, unless it has done so; {@link #load} and {@link #properties} do it as well. */
    public void startListener() throws IOException, InterruptedException {
        listener.ensure();
    }

    /** Loads a Java agent and starts its {@code agentmain}; both together are at most {@value #MAX_ARGUMENT} bytes. */
    public void load(String agentJar, String arguments) throws IOException, InterruptedException {
        command("load", "instrument", "false", agentJar + "=" + arguments).requireLoaded();
    }

    /** The target's system properties; all of it is the target's word. */
    public SortedMap<String, String> properties() throws IOException, InterruptedException {
        return command("properties", "", "", "").requireProperties();
    }

    @Override
    public void close() {
        tmp.close();
        identity.close();
    }

    private AttachReply command(String name, String... arguments) throws IOException, InterruptedException {
        byte[] request = request(name, arguments);
        try (UnixStream stream = listener.connect()) {
            Deadline deadline = Deadline.after(timeouts.command());
            stream.write(request, deadline);
            byte[] reply = stream.readToEnd(MAX_REPLY, deadline);
            identity.check();
            return AttachReply.parse(reply);
        } catch (LinuxException e) {
            throw failed(name, e);
        }
    }

    private AttachException failed(String command, LinuxException e) throws IOException {
        identity.check();
        Refusal reason = e.errno() == Errno.ETIMEDOUT ? Refusal.TIMEOUT : Refusal.BAD_REPLY;
        return new AttachException(reason, process + ": command " + command + ": " + e.getMessage(), e);
    }

    private static byte[] request(String name, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'1', 0});
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        for (String argument : List.of(arguments)) {
            byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > MAX_ARGUMENT || argument.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an argument of " + bytes.length
                        + " bytes or with a NUL does not fit the attach protocol, which takes " + MAX_ARGUMENT);
            }
            out.writeBytes(bytes);
            out.write(0);
        }
        return out.toByteArray();
    }
}
