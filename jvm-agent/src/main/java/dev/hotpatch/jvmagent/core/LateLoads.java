package dev.hotpatch.jvmagent.core;

import dev.hotpatch.jvmagent.core.Ledger.Version;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Meets the classes that load while a patch is active, on whatever thread loads them; see {@link Engine}. */
final class LateLoads implements ClassFileTransformer {
    private final Ledger ledger;
    private final Definer definer;
    private final Runnable healLater;
    private final AtomicBoolean healing = new AtomicBoolean();

    private volatile @Nullable LiveUnit active;
    private volatile boolean settling;

    LateLoads(Ledger ledger, Definer definer, Runnable healLater) {
        this.ledger = ledger;
        this.definer = definer;
        this.healLater = healLater;
    }

    @Nullable
    LiveUnit active() {
        return active;
    }

    void activate(@Nullable LiveUnit unit) {
        active = unit;
    }

    /** While settling, what is recorded of a class may be wrong. */
    void settling(boolean on) {
        settling = on;
    }

    /** The look over the classes that was asked for begins now; what loads from here on asks for another. */
    void healed() {
        healing.set(false);
    }

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

    /**
     * Answers for a class of the patch that is being loaded.
     *
     * <p>The new classes must be there before the new code runs, so they are defined here, in the middle of a load. That can
     * load super types, which then are not shown to this agent's transformers (the JDK guards these against recursion), hence
     * the look afterwards, on the hook's thread. Redefining those at once, here, would link them, and to
     * verify them the JVM might load the class that this thread is in the middle of loading; the application would see a
     * {@link LinkageError}. For the same reason a new class of which this one is a super type is not defined here, and this one then
     * starts with its old code until the look, some milliseconds later; so it does where a new class has to be redefined first.
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
            boolean ready = definer.define(unit, loader, new Anchor().add(name, redefine.units, domain), name);
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
