package dev.hotpatch.jvmagent.core;

import dev.hotpatch.jvmagent.core.LiveUnit.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the effects of a live unit, each in every loader that has its class. For one thread at a time, which waits for them; they run on a
 * thread of their own, since one that does not end cannot be ended.
 */
final class Effects {
    /** For all effects of one change together. */
    static final long LIMIT_MILLIS = 5_000;

    private final LoaderAccess access;
    private final Ledger ledger;
    /** New classes whose effects have been run since the last change. */
    private final WeakIdentityMap<Class<?>, Boolean> done = new WeakIdentityMap<>();

    Effects(LoaderAccess access, Ledger ledger) {
        this.access = access;
        this.ledger = ledger;
    }

    /** After this, every class counts as one whose effects have not been run. */
    void begin() {
        done.clear();
    }

    /** Runs what is to be run when the patch is in, where that has not been done; the first failure ends it. */
    void apply(LiveUnit unit) throws Refusal {
        List<EffectCall> calls = calls(unit, true, Effect.APPLY, Effect.PROBE);
        for (EffectCall call : calls) {
            done.put(call.type, true);
        }
        EffectRun run = run(calls, true);
        EffectCall failed = run.failedCall();
        if (failed != null) {
            throw new Refusal(
                    failed.effect.kind.equals(Effect.PROBE) ? Refusal.PROBE_FAILED : Refusal.EFFECT_FAILED,
                    run.problems().get(0));
        }
    }

    /** Runs what is to be run when the patch is out; returns what went wrong. */
    List<String> undo(LiveUnit unit) {
        done.clear();
        return run(calls(unit, false, Effect.ROLLBACK, Effect.DROP), false).problems();
    }

    private List<EffectCall> calls(LiveUnit unit, boolean onlyFresh, String... kinds) {
        List<EffectCall> calls = new ArrayList<>();
        for (String kind : kinds) {
            for (Effect effect : unit.effects()) {
                if (effect.kind.equals(kind)) {
                    add(calls, effect, unit, onlyFresh);
                }
            }
        }
        return calls;
    }

    private void add(List<EffectCall> calls, Effect effect, LiveUnit unit, boolean onlyFresh) {
        for (Class<?> type : ledger.definedTypes(effect.className.replace('/', '.'))) {
            LiveUnit.NewClass there = ledger.defined(type.getClassLoader(), effect.className);
            boolean fresh = !onlyFresh || done.get(type) == null;
            if (there != null && fresh && unit.hasEffect(effect, there.digest)) {
                calls.add(new EffectCall(effect, type));
            }
        }
    }

    private EffectRun run(List<EffectCall> calls, boolean untilFailure) {
        EffectRun run = new EffectRun(access, calls, untilFailure);
        if (!calls.isEmpty()) {
            run.await(LIMIT_MILLIS);
        }
        return run;
    }
}
