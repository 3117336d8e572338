package dev.hotpatch.jvmagent.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects of one change, one after the other on a thread of their own, with a limit of time for all together. */
final class EffectRun implements Runnable {
    private final LoaderAccess access;
    private final List<EffectCall> calls;
    private final boolean untilFailure;
    private final List<String> problems = new ArrayList<>();
    private @Nullable EffectCall running;
    private @Nullable EffectCall failed;
    private boolean over;

    EffectRun(LoaderAccess access, List<EffectCall> calls, boolean untilFailure) {
        this.access = access;
        this.calls = calls;
        this.untilFailure = untilFailure;
    }

    /** Runs them and waits at most so long; whatever has not ended then is left to itself, and no further one begins. */
    void await(long limitMillis) {
        Thread thread = new Thread(this, "hotpatch-effect");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        try {
            thread.join(limitMillis);
        } catch (InterruptedException e) {
            // With preload this is the application's thread; its interrupt is kept, and the effects count as late.
            Thread.currentThread().interrupt();
        }
        if (end(limitMillis)) {
            thread.interrupt();
        }
    }

    private synchronized boolean end(long limitMillis) {
        EffectCall late = running;
        over = true;
        if (late != null) {
            failed = late;
            problems.add(late.name() + " did not end within " + limitMillis + " ms and was interrupted");
        }
        return late != null;
    }

    @Override
    public void run() {
        for (EffectCall call : calls) {
            if (!begin(call)) {
                return;
            }
            finish(call, call.run(access));
        }
    }

    private synchronized boolean begin(EffectCall call) {
        boolean goOn = !over && !(untilFailure && failed != null);
        running = goOn ? call : null;
        return goOn;
    }

    private synchronized void finish(EffectCall call, @Nullable String problem) {
        running = null;
        if (problem != null && !over) {
            failed = failed == null ? call : failed;
            problems.add(problem);
        }
    }

    /** The first that failed, or null. */
    synchronized @Nullable EffectCall failedCall() {
        return failed;
    }

    synchronized List<String> problems() {
        return new ArrayList<>(problems);
    }
}
