package dev.hotpatch.jvmagent.core;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests, carries them out one after the other, and publishes the state.
 *
 * <p>No lambdas and no streams in this package: their bootstrap would be most of what the hook costs a young JVM.
 */
public final class Hook implements BiConsumer<String, String> {
    /**
     * When classes are looked over again after a change, in milliseconds; see {@link Engine} for what may turn up. The
     * last one ends the time in which classes that load are held to be uncertain.
     */
    private static final long[] SETTLE = {20, 200, 2_000, 15_000};

    /** From this look on the change is shown in the JVM's management. */
    private static final long SHOW = 2_000;

    private final Instrumentation instrumentation;
    private final String version;
    private final ScheduledThreadPoolExecutor executor;
    private final List<Future<?>> settling = new ArrayList<>();
    private final JmxView jmx = new JmxView();
    /** What was published last. */
    private HookState published = new HookState();

    private @Nullable Engine engine;

    /** Called by reflection, once in a JVM. */
    public Hook(Instrumentation instrumentation, String version) {
        this.instrumentation = instrumentation;
        this.version = version;
        executor = new ScheduledThreadPoolExecutor(1, new HookThreads());
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Takes a request; {@code preload} carries it out on the calling thread, {@code attach} on the hook's. */
    @Override
    public void accept(String mode, String arguments) {
        if ("preload".equals(mode)) {
            run(true, arguments);
        } else {
            executor.execute(new Task(this, arguments));
        }
    }

    private synchronized void run(boolean preload, String arguments) {
        HookState state = new HookState();
        state.request = Request.idIn(arguments);
        try {
            Request request = preload ? Request.ofPreload(arguments) : Request.ofAttach(arguments);
            state.request = request.id;
            state.phase = "running";
            publish(state);
            perform(request, preload, state);
            state.phase = "done";
        } catch (Refusal e) {
            state.phase = e.code().equals(Refusal.UNDO_FAILED) ? "failed" : "refused";
            state.code = e.code();
            state.message = String.valueOf(e.getMessage());
        } catch (Throwable t) {
            // Not even an OutOfMemoryError of ours may end a thread of the host.
            state.phase = "failed";
            state.code = "internal";
            state.message = "unexpected in the hook: " + t;
        }
        Engine current = engine;
        state.active = current == null ? "" : current.activeIdentity();
        publish(state);
        if (preload && !state.phase.equals("done")) {
            System.err.println("hotpatch: the patch was not applied, the application runs without it: " + state.code
                    + ": " + state.message);
        }
    }

    private void perform(Request request, boolean preload, HookState state) throws Refusal {
        switch (request.command) {
            case STATUS:
                if (engine != null) {
                    engine.status(state);
                }
                return;
            case PREFLIGHT:
                engine().preflight(unit(request), state);
                return;
            case APPLY:
                LiveUnit unit = unit(request);
                cancelSettling();
                try {
                    // Before main no other thread is in the middle of loading a class of the application.
                    engine().apply(unit, !preload, state);
                } finally {
                    settleLater(preload);
                }
                return;
            default:
                if (engine == null) {
                    throw new Refusal(Refusal.NOTHING_APPLIED, "no patch is active in this JVM");
                }
                cancelSettling();
                try {
                    engine.rollback(state);
                } finally {
                    settleLater(false);
                }
        }
    }

    private void settleLater(boolean preload) {
        long last = SETTLE[SETTLE.length - 1];
        for (long delay : preload ? new long[] {last} : SETTLE) {
            Task task = new Task(this, delay >= SHOW, delay == last);
            settling.add(executor.schedule(task, delay, TimeUnit.MILLISECONDS));
        }
    }

    private static LiveUnit unit(Request request) throws Refusal {
        String path = request.zip;
        if (path == null) {
            throw new IllegalStateException("checked when the request was read");
        }
        return LiveUnitReader.read(path, request.sha256);
    }

    private Engine engine() throws Refusal {
        Engine current = engine;
        if (current == null) {
            current = new Engine(instrumentation, LoaderAccess.open(instrumentation), new Later(executor, this));
            engine = current;
        }
        return current;
    }

    private void cancelSettling() {
        for (Future<?> f : settling) {
            f.cancel(false);
        }
        settling.clear();
    }

    private synchronized void settle(boolean show, boolean last) {
        Engine current = engine;
        if (current != null) {
            current.heal();
            if (last) {
                current.settled();
            }
            if (show) {
                published.drain = current.draining();
                jmx.register(published.attributes(version));
                jmx.update(published.attributes(version));
            }
        }
    }

    private void publish(HookState state) {
        System.setProperty(HookState.PROPERTY, state.render(version));
        published = state;
        jmx.update(state.attributes(version));
    }

    /** A request, or where there is none a look over the classes. */
    private static final class Task implements Runnable {
        private final Hook hook;
        private final @Nullable String arguments;
        private final boolean show;
        private final boolean last;

        Task(Hook hook, String arguments) {
            this.hook = hook;
            this.arguments = arguments;
            this.show = false;
            this.last = false;
        }

        Task(Hook hook, boolean show, boolean last) {
            this.hook = hook;
            this.arguments = null;
            this.show = show;
            this.last = last;
        }

        @Override
        public void run() {
            try {
                if (arguments == null) {
                    hook.settle(show, last);
                } else {
                    hook.run(false, arguments);
                }
            } catch (Throwable ignored) {
                // The state could not be published; the hook's thread lives on, and the host hears nothing.
            }
        }
    }

    /** Lets a thread of the application that loads a class leave work to the hook's thread. */
    private static final class Later implements Runnable {
        private final ScheduledThreadPoolExecutor executor;
        private final Hook hook;

        Later(ScheduledThreadPoolExecutor executor, Hook hook) {
            this.executor = executor;
            this.hook = hook;
        }

        @Override
        public void run() {
            executor.execute(new Task(hook, false, false));
        }
    }

    private static final class HookThreads implements ThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "hotpatch-hook");
            thread.setDaemon(true);
            // Inherited, it would keep an application's loader alive.
            thread.setContextClassLoader(null);
            return thread;
        }
    }
}
