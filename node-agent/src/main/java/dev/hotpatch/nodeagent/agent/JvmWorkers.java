package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.nodeagent.journal.Journal;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Decides what is to be done with a JVM, and does it: with several at once, with each one thing at a time. For any thread. */
final class JvmWorkers implements AutoCloseable {
    private final StateDirectory state;
    private final JvmPatcher patcher;
    private final Retries retries;
    private final BiConsumer<Target, Exception> endedEarly;
    private final ExecutorService threads;
    private final Set<JvmKey> busy = ConcurrentHashMap.newKeySet();

    /**
     * Does nothing yet.
     *
     * @param parallel how many JVMs are worked on at once
     * @param endedEarly is told of work that ended early, and why
     */
    JvmWorkers(
            StateDirectory state,
            JvmPatcher patcher,
            Clock clock,
            int parallel,
            BiConsumer<Target, Exception> endedEarly) {
        this.state = state;
        this.patcher = patcher;
        this.retries = new Retries(clock);
        this.endedEarly = endedEarly;
        this.threads = Executors.newFixedThreadPool(parallel, task -> {
            Thread thread = new Thread(task, "hotpatch-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    boolean isBusy(JvmKey jvm) {
        return busy.contains(jvm);
    }

    boolean areIdle() {
        return busy.isEmpty();
    }

    /** What failed before is due again. */
    void retryAll() {
        retries.forgetAll();
    }

    /** The JVM is gone. */
    void forget(JvmKey jvm) {
        retries.forget(jvm);
    }

    /**
     * Begins what is to be done with a JVM, unless it is being worked on.
     *
     * @param journals of the JVM
     * @return the work, if there is any
     */
    Optional<Future<?>> begin(Target target, List<Journal> journals, List<PatchCandidate> candidates)
            throws IOException {
        if (!busy.add(target.key())) {
            return Optional.empty();
        }
        Action action;
        try {
            action = next(target, journals, candidates);
        } catch (IOException | RuntimeException e) {
            busy.remove(target.key());
            throw e;
        }
        if (action instanceof Action.Nothing) {
            busy.remove(target.key());
            return Optional.empty();
        }
        Callable<Void> work = () -> {
            try {
                perform(target, action);
            } catch (StoppedException e) {
                endedEarly.accept(target, e);
            } catch (IOException | RuntimeException e) {
                endedEarly.accept(target, e);
                throw e;
            } finally {
                busy.remove(target.key());
            }
            return null;
        };
        return Optional.of(threads.submit(work));
    }

    private Action next(Target target, List<Journal> journals, List<PatchCandidate> candidates) throws IOException {
        // Read again now that nobody else writes them.
        List<Journal> current = new ArrayList<>();
        for (Journal journal : journals) {
            current.add(state.journal(journal.jvm(), journal.patch()));
        }
        Decision decision = new Decision(state::isWithheld, patch -> retries.isDue(target.key(), patch));
        return decision.about(target.inspection(), current, candidates);
    }

    private void perform(Target target, Action action) throws IOException {
        if (action instanceof Action.Apply apply) {
            retries.postpone(target.key(), apply.candidate().digest());
            patcher.apply(target, apply.process(), apply.candidate());
        } else if (action instanceof Action.Observe observe) {
            retries.postpone(target.key(), observe.journal().patch());
            patcher.observe(target, observe.process(), observe.journal());
        } else if (action instanceof Action.RollBack rollBack) {
            retries.postpone(target.key(), rollBack.journal().patch());
            patcher.rollBack(target, rollBack.process(), rollBack.journal(), "rolled back on command");
        } else if (action instanceof Action.Refuse refuse) {
            patcher.refuse(
                    target,
                    refuse.candidate().digest(),
                    refuse.refused().reason(),
                    refuse.refused().message());
        } else if (action instanceof Action.Supersede supersede) {
            supersede.journal().record(ApplyState.ROLLED_BACK, "superseded", "a newer patch is in force");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
