package dev.hotpatch.nodeagent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action as another user and group without touching the rest of the process: on Linux the raw setresuid(2) and
 * setresgid(2) change the calling thread alone. A fresh thread is used for each action, and it ends with it.
 */
public final class ThreadCredentials {
    private static final int KEEP = -1;
    private static final int MAX_GROUPS = 65536;

    private ThreadCredentials() {}

    /** What runs with the other credentials. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Runs {@code action} with effective user {@code uid}, effective group {@code gid} and no supplementary group, on a thread
     * of its own; the caller waits. Needs root, unless both are the process's own already.
     *
     * @throws InterruptedException if the caller is interrupted; the action goes on to its own deadline
     */
    public static <T> T callAs(int uid, int gid, Action<T> action) throws IOException, InterruptedException {
        if (Libc.geteuid() == uid && Libc.getegid() == gid) {
            return action.run();
        }
        Switched<T> switched = new Switched<>(uid, gid, action);
        Thread thread = new Thread(switched, "hotpatch-as-" + uid);
        thread.setDaemon(true);
        thread.start();
        thread.join();
        return switched.outcome();
    }

    private static final class Switched<T> implements Runnable {
        private final int uid;
        private final int gid;
        private final Action<T> action;
        private @Nullable T result;
        private @Nullable Throwable failure;

        Switched(int uid, int gid, Action<T> action) {
            this.uid = uid;
            this.gid = gid;
            this.action = action;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // whatever ends the action is handed to the thread that waits for it
        public void run() {
            try {
                int ownUid = Libc.geteuid();
                int ownGid = Libc.getegid();
                try (Memory groups = new Memory(4L * MAX_GROUPS)) {
                    long count = must("getgroups", Libc.SYS_GETGROUPS, MAX_GROUPS, Pointer.nativeValue(groups), 0);
                    try {
                        must("setgroups", Libc.SYS_SETGROUPS, 0, 0, 0);
                        must("setresgid", Libc.SYS_SETRESGID, KEEP, gid, KEEP);
                        must("setresuid", Libc.SYS_SETRESUID, KEEP, uid, KEEP);
                        result = action.run();
                    } finally {
                        must("setresuid", Libc.SYS_SETRESUID, KEEP, ownUid, KEEP);
                        must("setresgid", Libc.SYS_SETRESGID, KEEP, ownGid, KEEP);
                        must("setgroups", Libc.SYS_SETGROUPS, count, Pointer.nativeValue(groups), 0);
                    }
                }
            } catch (Exception | Error e) {
                failure = e;
            }
        }

        @SuppressWarnings("NullAway") // an action may give null when T says so
        T outcome() throws IOException {
            Throwable thrown = failure;
            if (thrown instanceof IOException io) {
                throw io;
            }
            if (thrown instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            return result;
        }

        private long must(String call, long number, long a, long b, long c) throws LinuxException {
            long done = Libc.syscall(number, a, b, c, 0, 0, 0);
            if (done < 0) {
                throw Libc.failure(call, uid + ":" + gid);
            }
            return done;
        }
    }
}
