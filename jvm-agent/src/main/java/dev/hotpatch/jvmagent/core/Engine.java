package dev.hotpatch.jvmagent.core;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes this JVM from one patch to another, wholly or not at all. For one thread at a time.
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
    private final LateLoads transformer;
    private final Effects effects;
    /** Names (dots) of the classes of every patch since this JVM last ran none. */
    private final Set<String> watched = new HashSet<>();
    /** What went wrong since the last change where nobody was there to hear it. */
    private String problem = "";

    Engine(Instrumentation instrumentation, LoaderAccess access, Runnable healLater) {
        this.instrumentation = instrumentation;
        this.definer = new Definer(access, ledger);
        this.transformer = new LateLoads(ledger, definer, healLater);
        this.effects = new Effects(access, ledger);
    }

    String activeIdentity() {
        LiveUnit unit = transformer.active();
        return unit == null ? "" : unit.identity;
    }

    /** Says whether {@link #apply} would be refused for what can be known beforehand; changes nothing. */
    void preflight(LiveUnit next, HookState state) throws Refusal {
        long start = System.nanoTime();
        Plan plan = plan(namesOf(next), next, transformer.active(), false);
        plan.count(state);
        state.preflightMicros = micros(start);
        state.message = "the patch fits";
    }

    /** Puts a patch in, in the place of the one that is active; {@code settling} as {@link #settled} says. */
    void apply(LiveUnit next, boolean settling, HookState state) throws Refusal {
        LiveUnit before = transformer.active();
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
        LiveUnit before = transformer.active();
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
        LiveUnit unit = transformer.active();
        report(plan(watched, unit, null, true), unit, state);
    }

    /** Right after a change the plan of the change says it all; another look over all classes would double the work. */
    private void report(Plan plan, @Nullable LiveUnit unit, HookState state) {
        plan.count(state);
        state.defined = unit == null ? 0 : ledger.countDefined(unit.newNames());
        List<String> absent = ledger.unlinkables();
        state.message = problem;
        if (!absent.isEmpty()) {
            state.message +=
                    (problem.isEmpty() ? "" : "; ") + "new classes that do not link here: " + HookState.first(absent);
        }
        state.drain = draining();
    }

    /** The threads that may still run old code. */
    List<String> draining() {
        return drain.remaining();
    }

    /** Brings classes that loaded with other code than the active patch's, or the application's, to that code. */
    void heal() {
        transformer.healed();
        LiveUnit unit = transformer.active();
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
            if (unit != null) {
                effects.apply(unit);
            }
        } catch (Refusal e) {
            // A class that another agent made unmodifiable, which the status will not count; or an effect in a new
            // loader.
            problem = String.valueOf(e.getMessage());
        }
    }

    /** Ends the time after a change in which what is recorded of loading classes is uncertain. */
    void settled() {
        transformer.settling(false);
        if (transformer.active() == null) {
            ledger.forget();
            watched.clear();
        }
    }

    /** Carries the plan out; returns the one that was made anew after the transformer was installed. */
    private Plan change(Plan plan, @Nullable LiveUnit before, @Nullable LiveUnit next, boolean late) throws Refusal {
        boolean redefined = false;
        problem = "";
        effects.begin();
        try {
            watched.addAll(namesOf(next));
            plan.commit();
            define(plan, next);
            transformer.settling(late);
            transformer.activate(next);
            setTransformer(before == null, next == null);
            Plan now = plan(watched, next, before, next == null);
            now.commit();
            define(now, next);
            Set<String> changed = now.redefine();
            redefined = true;
            drain.begin(changed);
            if (next != null) {
                effects.apply(next);
            } else if (before != null) {
                problem = HookState.first(effects.undo(before));
            }
            return now;
        } catch (Refusal | RuntimeException | Error e) {
            undo(before, next, e);
            if (redefined) {
                undoEffects(before, next);
            }
            throw e;
        }
    }

    /** What effects did of a patch that was put in and had to be taken out. */
    private void undoEffects(@Nullable LiveUnit before, @Nullable LiveUnit next) {
        if (before == null && next != null) {
            problem = HookState.first(effects.undo(next));
        } else if (before != null) {
            effects.begin();
            try {
                effects.apply(before);
            } catch (Refusal e) {
                problem = String.valueOf(e.getMessage());
            }
        }
    }

    private void undo(@Nullable LiveUnit before, @Nullable LiveUnit next, Throwable cause) throws Refusal {
        transformer.activate(before);
        setTransformer(next == null && before != null, before == null);
        try {
            // Classes that came to life meanwhile have the new code.
            Plan back = plan(watched, before, next, true);
            back.commit();
            drain.begin(back.redefine());
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
            for (Map.Entry<ClassLoader, Anchor> e : plan.anchors().entrySet()) {
                if (e.getKey() != null) {
                    definer.define(unit, e.getKey(), e.getValue(), null);
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
}
