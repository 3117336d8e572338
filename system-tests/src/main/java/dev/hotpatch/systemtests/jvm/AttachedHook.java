package dev.hotpatch.systemtests.jvm;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The reload hook in a running JVM of this user, put there late by the JDK's own attach client. For one thread; whoever attached closes it, after which
 * the hook is still in the JVM, with the patch.
 */
public final class AttachedHook implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 2_000_000;

    private final VirtualMachine machine;
    private final Path jar;

    private AttachedHook(VirtualMachine machine, Path jar) {
        this.machine = machine;
        this.jar = jar;
    }

    /**
     * Attaches to a process.
     *
     * @param folder gets the hook's jar, which must stay there as long as the JVM lives
     */
    public static AttachedHook attach(long pid, Path folder) throws IOException {
        Path jar = folder.resolve("hotpatch-hook.jar");
        if (!Files.exists(jar)) {
            try (InputStream in = HookJar.class.getResourceAsStream("hotpatch-jvm-agent.jar")) {
                if (in == null) {
                    throw new IOException("the hook's jar is not on the class path; build the module node-agent");
                }
                Files.copy(in, jar);
            }
        }
        awaitReady(pid);
        try {
            return new AttachedHook(VirtualMachine.attach(Long.toString(pid)), jar);
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot attach to process " + pid + ": " + e.getMessage(), e);
        }
    }

    /** To attach means to send SIGQUIT, which ends a JVM that is too young to catch it. */
    private static void awaitReady(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("SigCgt:")
                        && (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 4) != 0) {
                    return;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("process " + pid + " does not become a JVM that can be attached to");
    }

    /** Applies a live unit; returns the state in which the request ended, whatever that is. */
    public HookState apply(Path liveUnit) throws IOException, InterruptedException {
        return withUnit("apply", liveUnit);
    }

    /** Only checks whether a live unit could be applied. */
    public HookState preflight(Path liveUnit) throws IOException, InterruptedException {
        return withUnit("preflight", liveUnit);
    }

    /** Takes the patch in force out again. */
    public HookState rollback() throws IOException, InterruptedException {
        return request("cmd=rollback");
    }

    /** What is in force now. */
    public HookState status() throws IOException, InterruptedException {
        return request("cmd=status");
    }

    private HookState withUnit(String command, Path liveUnit) throws IOException, InterruptedException {
        Digest digest = Digest.of(Files.readAllBytes(liveUnit));
        return request("cmd=" + command + ";zip=" + liveUnit.toAbsolutePath() + ";sha256=" + digest.hex());
    }

    private HookState request(String command) throws IOException, InterruptedException {
        // The state of an earlier request, by whomever, must not pass for the answer.
        String id = UUID.randomUUID().toString();
        try {
            machine.loadAgent(jar.toString(), "v=1;id=" + id + ";" + command);
        } catch (AgentLoadException e) {
            // What a JVM 8 answers when all is well, and this client does not understand; Java 25's puts words before
            // it.
            if (!String.valueOf(e.getMessage()).matches("(.*: )?0")) {
                throw new IOException("the hook could not be loaded into process " + machine.id() + ": " + e, e);
            }
        } catch (AgentInitializationException e) {
            throw new IOException("the hook did not start in process " + machine.id() + ": " + e, e);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String line = machine.getSystemProperties().getProperty(HookState.PROPERTY);
            if (line != null) {
                HookState state = HookState.parse(line);
                boolean couldNotStart = state.request().isEmpty() && state.phase() == HookState.Phase.FAILED;
                if (state.isTerminal() && (couldNotStart || state.request().equals(id))) {
                    return state;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        throw new IOException("the hook in process " + machine.id() + " did not answer \"" + command + "\" within "
                + TimeUnit.NANOSECONDS.toSeconds(PATIENCE.toNanos()) + " s");
    }

    @Override
    public void close() throws IOException {
        machine.detach();
    }
}
