package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.hook.HookAccess;
import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.nodeagent.journal.Journal;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The loop of a node: looks which JVMs run what, asks for patches, and works on several JVMs at once, each by itself, so that
 * none keeps another waiting. {@link #run} belongs to one thread; all other methods are for any thread. The state directory
 * stays the caller's to close.
 */
public final class NodeAgent implements AutoCloseable {
    private static final String CYCLES = "hotpatch_cycles_total";

    private final TargetFinder finder;
    private final PatchSource source;
    private final StateDirectory state;
    private final AgentLog log;
    private final Metrics metrics;
    private final JvmWorkers workers;
    private final Object wake = new Object();
    private volatile List<Target> targets = List.of();
    private volatile Set<Digest> listed = Set.of();
    private volatile Optional<String> trouble = Optional.of("the first look at the node is not over");
    private boolean awake;
    private volatile boolean closed;

    /**
     * Does nothing yet.
     *
     * @param parallel how many JVMs are worked on at once, 1 to 64
     */
    public NodeAgent(
            TargetFinder finder,
            PatchSource source,
            HookAccess access,
            StateDirectory state,
            Metrics metrics,
            Consumer<AgentEvent> events,
            Clock clock,
            int parallel) {
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("1 to 64 JVMs are worked on at once, not " + parallel);
        }
        this.finder = finder;
        this.source = source;
        this.state = state;
        this.metrics = metrics;
        this.log = new AgentLog(metrics, events);
        JvmPatcher patcher = new JvmPatcher(access, state, new PatchCache(source), log);
        this.workers = new JvmWorkers(state, patcher, clock, parallel, this::endedEarly);
        metrics.describe(CYCLES, "Looks at the node.");
    }

    /** Looks at the node every {@code interval} until {@link #close}, or the thread is interrupted. */
    public void run(Duration interval) throws InterruptedException {
        while (!closed) {
            var unused = cycle();
            synchronized (wake) {
                if (!awake && !closed) {
                    wake.wait(interval.toMillis());
                }
                awake = false;
            }
        }
    }

    /** Looks at the node now instead of at the end of the interval. */
    public void wakeUp() {
        synchronized (wake) {
            awake = true;
            wake.notifyAll();
        }
    }

    /** Looks at the node once and begins what is to be done; the work that was begun. Never throws: see {@link #trouble}. */
    public synchronized List<Future<?>> cycle() {
        List<Future<?>> begun = new ArrayList<>();
        Optional<String> wrong = Optional.empty();
        try {
            if (state.isStopped()) {
                trouble = Optional.of(StoppedException.MESSAGE);
                metrics.count(CYCLES, "result", "stopped");
                return begun;
            }
            List<Target> found = finder.find();
            targets = List.copyOf(found);
            Map<JvmKey, List<Journal>> journals = journals();
            CandidateLookup lookup = new CandidateLookup(source);
            for (Target target : found) {
                workers.begin(target, journals.getOrDefault(target.key(), List.of()), lookup.about(target))
                        .ifPresent(begun::add);
            }
            wrong = lookup.trouble();
            listed = lookup.found();
            log.jvms(status());
        } catch (IOException | RuntimeException e) {
            wrong = Optional.of("the look at the node failed: " + e);
        }
        metrics.count(CYCLES, "result", wrong.isEmpty() ? "ok" : "trouble");
        trouble = wrong;
        return begun;
    }

    /** What is wrong with the agent itself now; empty if it is well. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Every JVM of the last look, with every patch that concerned it. */
    public List<JvmStatus> status() throws IOException {
        Map<JvmKey, List<Journal>> journals = journals();
        List<JvmStatus> all = new ArrayList<>();
        for (Target target : targets) {
            List<Journal> own = journals.getOrDefault(target.key(), List.of());
            for (Journal journal : own) {
                all.add(status(target, Optional.of(journal)));
            }
            if (own.isEmpty()) {
                all.add(status(target, Optional.empty()));
            }
        }
        return all;
    }

    /** The patches that people do not want on this node. */
    public List<Digest> withheld() throws IOException {
        return state.withheld();
    }

    /**
     * Takes patches out of all JVMs and keeps them out until {@link #apply}; waits for it.
     *
     * @param patch which; empty for all that are in force and all that the registry lists, so that none takes their place
     * @param patience how long to wait; what is not done by then goes on
     */
    public List<JvmStatus> rollBack(Optional<Digest> patch, Duration patience)
            throws IOException, InterruptedException {
        requireRunning();
        Set<Digest> out = new LinkedHashSet<>();
        patch.ifPresent(out::add);
        if (patch.isEmpty()) {
            out.addAll(listed);
            for (Journal journal : state.journals()) {
                if (journal.last()
                        .filter(r -> r.state() != ApplyState.ROLLED_BACK)
                        .isPresent()) {
                    out.add(journal.patch());
                }
            }
        }
        for (Digest digest : out) {
            state.withhold(digest, "rolled back on command");
        }
        workers.retryAll();
        return settle(patience);
    }

    /**
     * Allows patches again, forgets earlier failures, and applies what there is; waits for it.
     *
     * @param patch which; empty for all that were not taken out by hand
     */
    public List<JvmStatus> apply(Optional<Digest> patch, Duration patience) throws IOException, InterruptedException {
        requireRunning();
        if (patch.isPresent()) {
            state.release(patch.get());
        }
        synchronized (this) {
            for (Journal journal : state.journals()) {
                boolean failed = journal.last()
                        .filter(r -> r.state() == ApplyState.FAILED)
                        .isPresent();
                boolean meant = patch.isEmpty() || patch.get().equals(journal.patch());
                if (failed && meant && !workers.isBusy(journal.jvm())) {
                    state.forget(journal);
                }
            }
        }
        workers.retryAll();
        return settle(patience);
    }

    /** Asks the JVMs again whose patches have not converged, and waits for their answers. */
    public List<JvmStatus> observe(Duration patience) throws IOException, InterruptedException {
        requireRunning();
        workers.retryAll();
        return settle(patience);
    }

    @Override
    public void close() {
        closed = true;
        wakeUp();
        workers.close();
    }

    private void endedEarly(Target target, Exception why) {
        if (why instanceof StoppedException) {
            trouble = Optional.of(StoppedException.MESSAGE);
            return;
        }
        // The journal could not be written: nothing was done that it does not know of.
        trouble = Optional.of("the work on " + target.where() + " ended early: " + why);
        metrics.count(CYCLES, "result", "trouble");
    }

    private void requireRunning() throws IOException {
        if (state.isStopped()) {
            throw new StoppedException();
        }
    }

    /** Two rounds: what was under way when the command came, and what follows from it. */
    private List<JvmStatus> settle(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (int round = 0; round < 2; round++) {
            while (!workers.areIdle() && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            for (Future<?> work : cycle()) {
                try {
                    work.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    return status();
                } catch (ExecutionException e) {
                    throw new IOException("the work on a JVM ended unexpectedly: " + e.getCause(), e);
                }
            }
        }
        return status();
    }

    /** The journals of JVMs that live; others are forgotten. */
    private Map<JvmKey, List<Journal>> journals() throws IOException {
        Map<JvmKey, List<Journal>> byJvm = new HashMap<>();
        for (Journal journal : state.journals()) {
            JvmKey jvm = journal.jvm();
            if (workers.isBusy(jvm) || finder.isAlive(jvm)) {
                byJvm.computeIfAbsent(jvm, key -> new ArrayList<>()).add(journal);
            } else {
                state.forget(journal);
                workers.forget(jvm);
                log.forget(jvm);
            }
        }
        return byJvm;
    }

    private JvmStatus status(Target target, Optional<Journal> journal) {
        return new JvmStatus(
                target.key(),
                target.where(),
                target.images(),
                journal.map(Journal::patch),
                journal.flatMap(Journal::last),
                log.hook(target.key()));
    }
}
