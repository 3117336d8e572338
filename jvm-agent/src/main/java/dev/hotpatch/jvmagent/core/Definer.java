package dev.hotpatch.jvmagent.core;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the new classes of a live unit into the loaders that have classes of the same units. */
final class Definer {
    /** Bound of the super types looked at for one new class. */
    private static final int MAX_SUPERS = 10_000;

    private final LoaderAccess access;
    private final Packages packages;
    private final Ledger ledger;

    Definer(LoaderAccess access, Ledger ledger) {
        this.access = access;
        this.packages = new Packages(access);
        this.ledger = ledger;
    }

    /** Refuses if a loader has a class of the name of a new one, and another class than that. Changes nothing. */
    void check(LiveUnit unit, @Nullable ClassLoader loader, BitSet units) throws Refusal {
        for (LiveUnit.NewClass c : unit.newClasses()) {
            if (!c.units.intersects(units) || ledger.defined(loader, c.name) != null) {
                continue;
            }
            if (loader == null) {
                throw new Refusal(Refusal.UNMODIFIABLE, c.name + " would have to be defined in the boot loader");
            }
            try {
                byte[] there = ClassFiles.seenBy(loader, c.name);
                Class<?> loaded = access.findLoaded(loader, c.name.replace('/', '.'));
                boolean same = there != null && Sha256.of(there).equals(c.digest);
                boolean ours = loaded != null && ledger.defined(loaded.getClassLoader(), c.name) != null;
                if (!same && !ours && (there != null || loaded != null)) {
                    throw new Refusal(
                            Refusal.NEW_CLASS_CONFLICT,
                            "the patch brings " + c.name + " as a new class, and " + loader
                                    + " has another one already");
                }
            } catch (IOException e) {
                throw new Refusal(
                        Refusal.CLASS_UNREADABLE, c.name + " cannot be looked for in " + loader + ": " + e, e);
            }
        }
    }

    /** Whether a new class of these units has not been dealt with in this loader. */
    boolean isMissing(LiveUnit unit, ClassLoader loader, BitSet units) {
        for (LiveUnit.NewClass c : unit.newClasses()) {
            if (c.units.intersects(units) && !isDone(loader, c)) {
                return true;
            }
        }
        return false;
    }

    private boolean isDone(ClassLoader loader, LiveUnit.NewClass c) {
        LiveUnit.NewClass there = ledger.defined(loader, c.name);
        return (there != null && there.digest.equals(c.digest)) || ledger.isUnlinkable(loader, c.digest);
    }

    /**
     * Defines what is missing of the new classes of these units, super types first.
     *
     * @param inProgress internal name of the class that the calling thread is loading, or null. A new class of which it is a super
     *     type is left out: to define it would load that class a second time and break the application's load. Other
     *     references to it do no harm, they are resolved when the new class runs.
     * @return whether every one is there or cannot link here anyway
     */
    boolean define(LiveUnit unit, ClassLoader loader, Anchor anchor, @Nullable String inProgress) throws Refusal {
        Set<String> done = new HashSet<>();
        boolean complete = true;
        for (LiveUnit.NewClass c : unit.newClasses()) {
            if (c.units.intersects(anchor.units)) {
                complete &= define(unit, c, loader, anchor, inProgress, done);
            }
        }
        return complete;
    }

    private boolean define(
            LiveUnit unit,
            LiveUnit.NewClass c,
            ClassLoader loader,
            Anchor anchor,
            @Nullable String inProgress,
            Set<String> done)
            throws Refusal {
        LiveUnit.NewClass there = ledger.defined(loader, c.name);
        if (there != null && !there.digest.equals(c.digest)) {
            // An earlier patch's, which is redefined with the classes that use it.
            return false;
        }
        if (!done.add(c.name) || isDone(loader, c) || access.findLoaded(loader, c.name.replace('/', '.')) != null) {
            return true;
        }
        if (inProgress != null && needs(unit, loader, c, inProgress)) {
            return false;
        }
        for (LiveUnit.NewClass other : unit.newClasses()) {
            if (c.supers.contains(other.name) && other.units.intersects(anchor.units)) {
                define(unit, other, loader, anchor, inProgress, done);
            }
        }
        byte[] bytes = unit.bytes(c.digest);
        if (bytes == null) {
            throw new IllegalStateException(c.digest + " was there when the live unit was read");
        }
        try {
            String neighbour = anchor.neighbourOf(c);
            if (neighbour != null) {
                packages.prepare(loader, c.name.replace('/', '.'), neighbour, anchor.domainOf(c));
            }
            ledger.defined(access.define(loader, c.name.replace('/', '.'), bytes, anchor.domainOf(c)), c);
        } catch (NoClassDefFoundError e) {
            // A new class for an optional library that this application does not have.
            ledger.unlinkable(loader, c.digest, c.name + " (" + e.getMessage() + " is absent)");
        } catch (LinkageError | RuntimeException | ReflectiveOperationException | IOException e) {
            // Another thread may have been faster.
            if (access.findLoaded(loader, c.name.replace('/', '.')) == null) {
                throw new Refusal(Refusal.DEFINE_REFUSED, c.name + " cannot be defined in " + loader + ": " + e, e);
            }
        }
        return true;
    }

    /** Whether a class would have to be loaded to define the new one. Where that cannot be told, it would. */
    private boolean needs(LiveUnit unit, ClassLoader loader, LiveUnit.NewClass c, String inProgress) {
        Set<String> seen = new HashSet<>();
        java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>(c.supers);
        try {
            for (String name = open.poll(); name != null; name = open.poll()) {
                if (name.equals(inProgress) || seen.size() > MAX_SUPERS) {
                    return true;
                }
                // A loaded class has its super types; java.* has none outside.
                if (!seen.add(name)
                        || name.startsWith("java/")
                        || access.findLoaded(loader, name.replace('/', '.')) != null) {
                    continue;
                }
                byte[] bytes = unit.newNames().contains(name) ? newBytes(unit, name) : ClassFiles.seenBy(loader, name);
                if (bytes != null) {
                    open.addAll(ClassFile.read(bytes).supers);
                }
            }
            return false;
        } catch (IOException | Refusal e) {
            return true;
        }
    }

    private static byte @Nullable [] newBytes(LiveUnit unit, String name) {
        for (LiveUnit.NewClass c : unit.newClasses()) {
            if (c.name.equals(name)) {
                return unit.bytes(c.digest);
            }
        }
        return null;
    }
}
