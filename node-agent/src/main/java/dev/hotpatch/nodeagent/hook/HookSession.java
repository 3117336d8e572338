package dev.hotpatch.nodeagent.hook;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;

/**
 * One JVM, held for as long as the session is open, and the hook in it. For one thread; whoever opened it closes it. Every method
 * throws {@link dev.hotpatch.nodeagent.attach.AttachException} for what the target is or does.
 */
public interface HookSession extends AutoCloseable {
    /** Puts the hook's jar into the target's /tmp, where it stays as long as the JVM lives. */
    void stageHook() throws IOException;

    /** Puts a live unit into the target's /tmp; returns its path there, for {@link #apply} and {@link #unstage}. */
    String stageLiveUnit(byte[] liveZip) throws IOException;

    /** Removes a staged live unit; nothing happens if it is gone. */
    void unstage(String path) throws IOException;

    /** Makes the JVM listen for commands. */
    void startListener() throws IOException, InterruptedException;

    /** Applies a staged live unit; returns the state in which the request ended, whatever that is. */
    HookState apply(String path, Digest sha256) throws IOException, InterruptedException;

    /** Only checks whether a staged live unit could be applied; changes nothing. */
    HookState preflight(String path, Digest sha256) throws IOException, InterruptedException;

    /** Takes the patch in force out again. */
    HookState rollback() throws IOException, InterruptedException;

    /** What is in force now, and how many threads still run old code. */
    HookState status() throws IOException, InterruptedException;

    @Override
    void close();
}
