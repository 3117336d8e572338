package dev.hotpatch.jvmagent.core;

import dev.hotpatch.jvmagent.core.Ledger.Version;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes this JVM from one patch to another, wholly or not at all. All methods but the transformer's are for one thread
 * at a time.
 *
 * <p>Why no class slips through. A class file passes the transformers first and only later becomes a class that
 * {@link Instrumentation#getAllLoadedClasses} returns. So with the transformer of the new patch installed, a class of the
 * patch is in one of three states. (1) It was loaded before the look that follows the installation: that look finds it and it
 * is redefined. (2) Its bytes reach the transformer after the installation: it comes to life with the new code. (3) Its
 * bytes passed before the installation, and it was not yet a class at the look. Nobody can tell how long (3) lasts
 * (its super class may be on its way through a network), therefore the classes are looked over again several times
 * afterwards; one of which the ledger says that its code is another, or says nothing, is redefined then. Two threads may
 * define the same class at once, one of them in state (2) and one in (3), and the ledger has the loser's version: so what is
 * recorded until the last look is uncertain, and is redefined once whatever the ledger says. The way back is the
 * same with the roles exchanged.
 */
final class Engine {
    private final Instrumentation instrumentation;
    private final Ledger ledger = new Ledger();
    private final Definer definer;
    private final Drain drain = new Drain();
    private final ClassFileTransformer transformer = new LateLoads();
    private final Runnable healLater;
    private final AtomicBoolean healing = new AtomicBoolean();
    /** Names (dots) of the classes of every patch since this JVM last ran none. */
    private final Set<String> watched = new HashSet<>();

    private volatile @Nullable LiveUnit active;
    private volatile boolean settling;

    Engine(Instrumentation instrumentation, LoaderAccess access, Runnable healLater) {
        this.instrumentation = instrumentation;
        this.definer = new Definer(access, ledger);
        this.healLater = healLater;
    }

    String activeIdentity() {
        LiveUnit unit = active;
        return unit == null ? "" : unit.identity;
    }

    /** Says whether {@link #apply} would be refused for what can be known beforehand; changes nothing. */
    void preflight(LiveUnit next, HookState state) throws Refusal {
        long start = System.nanoTime();
        Plan plan = plan(namesOf(next), next, active, false);
        plan.count(state);
        state.preflightMicros = micros(start);
        state.message = "the patch fits";
    }

    /** Puts a patch in, in the place of the one that is active; {@code settling} as {@link #settled} says. */
    void apply(LiveUnit next, boolean settling, HookState state) throws Refusal {
        LiveUnit before = active;
        if (before != null && before.identity.equals(next.identity)) {
            heal();
            status(state);
            state.code = "already-applied";
            return;
        }
        long start = System.nanoTime();
        Plan plan = plan(namesOf(next), next, before, false);
        state.preflightMicros = micros(start);
        start = System.nanoTime();
        Plan done = change(plan, before, next, settling);
        state.applyMicros = micros(start);
        report(done, next, state);
    }

    /** Puts every class back to what the application brought. New classes stay defined, which harms nobody. */
    void rollback(HookState state) throws Refusal {
        LiveUnit before = active;
        if (before == null) {
            throw new Refusal(Refusal.NOTHING_APPLIED, "no patch is active in this JVM");
        }
        long start = System.nanoTime();
        Plan done = change(plan(watched, null, before, false), before, null, true);
        state.applyMicros = micros(start);
        report(done, null, state);
        state.loaded = done.size();
    }

    void status(HookState state) throws Refusal {
        heal();
        LiveUnit unit = active;
        report(plan(watched, unit, null, true), unit, state);
    }

    /** Right after a change the plan of the change says it all; another look over all classes would double the work. */
    private void report(Plan plan, @Nullable LiveUnit unit, HookState state) {
        plan.count(state);
        state.defined = unit == null ? 0 : ledger.countDefined(unit.newNames());
        List<String> absent = ledger.unlinkables();
        if (!absent.isEmpty()) {
            state.message = "new classes that do not link here: " + HookState.first(absent);
        }
        state.drain = drain.remaining();
    }

    /** Brings classes that loaded with other code than the active patch's, or the application's, to that code. */
    void heal() {
        healing.set(false);
        LiveUnit unit = active;
        if (watched.isEmpty()) {
            return;
        }
        try {
            Plan plan = plan(watched, unit, null, true);
            plan.commit();
            define(plan, unit);
            try {
                plan.redefine();
            } catch (Refusal e) {
                plan.redefineEach();
            }
        } catch (Refusal e) {
            // Only a class that another agent made unmodifiable; it stays as it is and the status will not count it.
        }
    }

    /** Ends the time after a change in which what is recorded of loading classes is uncertain. */
    void settled() {
        settling = false;
        if (active == null) {
            ledger.forget();
            watched.clear();
        }
    }

    /** Carries the plan out; returns the one that was made anew after the transformer was installed. */
    private Plan change(Plan plan, @Nullable LiveUnit before, @Nullable LiveUnit next, boolean late) throws Refusal {
        try {
            watched.addAll(namesOf(next));
            plan.commit();
            define(plan, next);
            settling = late;
            active = next;
            setTransformer(before == null, next == null);
            Plan now = plan(watched, next, before, next == null);
            now.commit();
            define(now, next);
            Set<String> changed = now.redefine();
            drain.begin(changed);
            return now;
        } catch (Refusal | RuntimeException | Error e) {
            undo(before, next, e);
            throw e;
        }
    }

    private void undo(@Nullable LiveUnit before, @Nullable LiveUnit next, Throwable cause) throws Refusal {
        active = before;
        setTransformer(next == null && before != null, before == null);
        try {
            // Classes that came to life meanwhile have the new code.
            Plan back = plan(watched, before, next, true);
            back.commit();
            back.redefine();
        } catch (Refusal e) {
            e.addSuppressed(cause);
            throw new Refusal(
                    Refusal.UNDO_FAILED,
                    "after " + cause.getMessage() + " some classes could not be brought back: " + e.getMessage(),
                    e);
        }
    }

    private void setTransformer(boolean install, boolean remove) {
        if (remove) {
            instrumentation.removeTransformer(transformer);
        } else if (install) {
            // Not capable of retransformation: so it comes before most other agents and sees the loader's own bytes.
            instrumentation.addTransformer(transformer, false);
        }
    }

    private void define(Plan plan, @Nullable LiveUnit unit) throws Refusal {
        if (unit != null) {
            for (Map.Entry<ClassLoader, Plan.Anchor> e : plan.anchors().entrySet()) {
                if (e.getKey() != null) {
                    definer.define(unit, e.getKey(), e.getValue().units, e.getValue().domain, null);
                }
            }
        }
    }

    private Plan plan(Set<String> names, @Nullable LiveUnit next, @Nullable LiveUnit before, boolean lenient)
            throws Refusal {
        return Plan.make(instrumentation, ledger, definer, names, next, before, lenient);
    }

    /** The watched names and those of a patch that is not yet among them. */
    private Set<String> namesOf(@Nullable LiveUnit unit) {
        Set<String> names = new HashSet<>(watched);
        if (unit != null) {
            for (String name : unit.redefinedNames()) {
                names.add(name.replace('/', '.'));
            }
            for (String name : unit.newNames()) {
                names.add(name.replace('/', '.'));
            }
        }
        return names;
    }

    private static long micros(long since) {
        return (System.nanoTime() - since) / 1_000;
    }

    /** Meets the classes that load while a patch is active, on whatever thread loads them. */
    private final class LateLoads implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            LiveUnit unit = active;
            if (unit == null
                    || name == null
                    || redefined != null
                    || !unit.redefinedNames().contains(name)) {
                return null;
            }
            try {
                return load(unit, loader, name, domain, bytes);
            } catch (Throwable t) {
                // The class keeps the bytes that it came with; the look that follows will find it.
                later();
                return null;
            }
        }
    }

    /**
     * Answers for a class of the patch that is being loaded.
     *
     * <p>The new classes must be there before the new code runs, so they are defined here, in the middle of a load. That can
     * load super types, which then are not shown to this agent's transformers (the JDK guards these against recursion), hence
     * the look afterwards, on the hook's thread. Redefining those at once, here, would link them, and to
     * verify them the JVM might load the class that this thread is in the middle of loading; the application would see a
     * {@link LinkageError}. For the same reason a new class that needs this one is not defined here, and this one then starts with
     * its old code until the look, some milliseconds later.
     */
    private byte @Nullable [] load(
            LiveUnit unit, @Nullable ClassLoader loader, String name, @Nullable ProtectionDomain domain, byte[] bytes)
            throws Refusal {
        String digest = Sha256.of(bytes);
        LiveUnit.Redefine redefine = unit.redefine(name, digest);
        if (redefine == null) {
            String skipped = unit.keeps(name, digest)
                    ? null
                    : name.replace('/', '.') + " in " + Plan.loaderName(loader) + " loaded with sha256 " + digest + ", "
                            + unit.accepted(name) + " expected";
            if (settling) {
                ledger.base(digest, bytes);
            }
            ledger.loaded(loader, name, new Version(digest, digest, settling, skipped));
            return null;
        }
        byte[] answer = unit.bytes(redefine.newDigest);
        ledger.base(digest, bytes);
        if (loader != null && definer.isMissing(unit, loader, redefine.units)) {
            boolean ready = definer.define(unit, loader, redefine.units, domain, name);
            later();
            if (!ready) {
                answer = null;
            }
        }
        ledger.loaded(loader, name, new Version(digest, answer == null ? digest : redefine.newDigest, settling, null));
        return answer == null ? null : answer.clone();
    }

    private void later() {
        if (healing.compareAndSet(false, true)) {
            healLater.run();
        }
    }
}
