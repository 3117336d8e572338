package dev.hotpatch.jvmagent.core;

import dev.hotpatch.jvmagent.core.Ledger.Version;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done so that the classes loaded at this moment run a live unit's code, or the application's own where
 * there is none. Making a plan changes nothing in the JVM, nor in the ledger.
 */
final class Plan {
    private final Instrumentation instrumentation;
    private final Ledger ledger;
    private final @Nullable LiveUnit next;
    private final @Nullable LiveUnit before;
    /** Whether a class that does not fit is left alone, instead of the whole plan being refused. */
    private final boolean lenient;

    private final List<Change> changes = new ArrayList<>();
    private final IdentityHashMap<Class<?>, Version> found = new IdentityHashMap<>();
    private final Map<String, byte[]> bases = new HashMap<>();
    private final IdentityHashMap<ClassLoader, Anchor> anchors = new IdentityHashMap<>();
    private final List<Class<?>> newTypes = new ArrayList<>();
    private final Set<String> loadedNames = new HashSet<>();
    private final Set<Class<?>> patched = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> skipped = new ArrayList<>();

    private Plan(
            Instrumentation instrumentation,
            Ledger ledger,
            @Nullable LiveUnit next,
            @Nullable LiveUnit before,
            boolean lenient) {
        this.instrumentation = instrumentation;
        this.ledger = ledger;
        this.next = next;
        this.before = before;
        this.lenient = lenient;
    }

    /** Plans for the loaded classes of the {@code watched} names (dots). */
    static Plan make(
            Instrumentation instrumentation,
            Ledger ledger,
            Definer definer,
            Set<String> watched,
            @Nullable LiveUnit next,
            @Nullable LiveUnit before,
            boolean lenient)
            throws Refusal {
        Plan plan = new Plan(instrumentation, ledger, next, before, lenient);
        try (ClassFiles files = new ClassFiles()) {
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                if (watched.contains(type.getName())) {
                    plan.look(type, type.getName().replace('.', '/'), files);
                }
            }
            plan.lookAtNewClasses();
        }
        if (next != null && !lenient) {
            for (Map.Entry<ClassLoader, Anchor> e : plan.anchors.entrySet()) {
                definer.check(next, e.getKey(), e.getValue().units);
            }
        }
        return plan;
    }

    private void look(Class<?> type, String name, ClassFiles files) throws Refusal {
        loadedNames.add(name);
        Version version = ledger.of(type, name);
        if (version != null && version.skipped != null && !version.unlinkable) {
            skipped.add(version.skipped);
            return;
        }
        String desired;
        if (ledger.defined(type.getClassLoader(), name) != null) {
            newTypes.add(type);
            return;
        } else if (next != null && next.redefinedNames().contains(name)) {
            try {
                version = version == null ? fromFile(files.of(type)) : version;
                desired = ofBaseClass(type, name, version.base);
            } catch (Refusal e) {
                if (!lenient) {
                    throw e;
                }
                String reason = String.valueOf(e.getMessage());
                found.put(type, new Version("", "", false, reason));
                skipped.add(reason);
                return;
            }
        } else if (version != null) {
            desired = version.base;
        } else {
            return;
        }
        found.put(type, version);
        if (!desired.equals(version.current) || version.uncertain) {
            change(type, version, desired, null);
        }
        if (next != null && !desired.equals(version.base)) {
            if (version.skipped == null) {
                patched.add(type);
            } else {
                skipped.add(version.skipped);
            }
        }
    }

    /** After the others, because these say which units their loaders have. */
    private void lookAtNewClasses() throws Refusal {
        for (Class<?> type : newTypes) {
            LiveUnit.NewClass there =
                    ledger.defined(type.getClassLoader(), type.getName().replace('.', '/'));
            Anchor anchor = anchors.get(type.getClassLoader());
            if (there == null || anchor == null || next == null) {
                continue;
            }
            for (LiveUnit.NewClass c : next.newClasses()) {
                if (c.name.equals(there.name) && c.units.intersects(anchor.units) && !c.digest.equals(there.digest)) {
                    replace(type, there, c);
                }
            }
        }
    }

    /** The class of a name that an earlier patch brought becomes this patch's. */
    private void replace(Class<?> type, LiveUnit.NewClass there, LiveUnit.NewClass c) throws Refusal {
        if (!lenient && !c.header.hasShapeOf(there.header)) {
            throw new Refusal(
                    Refusal.NEW_CLASS_SHAPE,
                    "an earlier patch brought " + c.name + " with other members than this one's, and it cannot leave "
                            + loaderName(type.getClassLoader())
                            + " any more; this patch takes a restart, or another name for it");
        }
        change(type, new Version(there.digest, there.digest, false, null), c.digest, c);
    }

    private Version fromFile(byte[] file) {
        String digest = Sha256.of(file);
        bases.put(digest, file);
        return new Version(digest, digest, false, null);
    }

    private String ofBaseClass(Class<?> type, String name, String base) throws Refusal {
        LiveUnit unit = java.util.Objects.requireNonNull(next);
        LiveUnit.Redefine redefine = unit.redefine(name, base);
        if (redefine == null) {
            if (unit.keeps(name, base)) {
                return base;
            }
            throw new Refusal(
                    Refusal.CLASS_MISMATCH,
                    type.getName() + " in " + loaderName(type.getClassLoader())
                            + " is not the class that the patch is for:"
                            + " class file with sha256 " + unit.accepted(name) + " expected, found " + base
                            + "; build the patch from the image that runs");
        }
        Anchor anchor = anchors.get(type.getClassLoader());
        if (anchor == null) {
            anchor = new Anchor();
            anchors.put(type.getClassLoader(), anchor);
        }
        anchor.add(name, redefine.units, type.getProtectionDomain());
        return redefine.newDigest;
    }

    private void change(Class<?> type, Version version, String desired, LiveUnit.@Nullable NewClass now)
            throws Refusal {
        byte[] bytes = null;
        for (LiveUnit unit : new LiveUnit[] {next, before}) {
            bytes = bytes == null && unit != null ? unit.bytes(desired) : bytes;
        }
        bytes = bytes == null ? bases.get(desired) : bytes;
        bytes = bytes == null ? ledger.base(desired) : bytes;
        if (bytes == null || !instrumentation.isModifiableClass(type)) {
            throw new Refusal(
                    bytes == null ? Refusal.CLASS_UNREADABLE : Refusal.UNMODIFIABLE,
                    type.getName()
                            + (bytes == null
                                    ? ": its class file " + desired + " is not at hand"
                                    : " cannot be redefined"));
        }
        changes.add(new Change(type, new Version(version.base, desired, false, null), bytes, now));
    }

    IdentityHashMap<ClassLoader, Anchor> anchors() {
        return anchors;
    }

    /** How many classes have to be redefined. */
    int size() {
        return changes.size();
    }

    /** Enters what was found into the ledger, with the class files that the way back needs. */
    void commit() {
        for (Map.Entry<String, byte[]> e : bases.entrySet()) {
            ledger.base(e.getKey(), e.getValue());
        }
        for (Map.Entry<Class<?>, Version> e : found.entrySet()) {
            ledger.put(e.getKey(), e.getValue());
        }
    }

    /** Redefines all in one call, which HotSpot does wholly or not at all. Returns the names of the classes. */
    Set<String> redefine() throws Refusal {
        Redefinition redefinition = new Redefinition(instrumentation, ledger);
        Set<String> names = redefinition.all(changes);
        leave(redefinition);
        return names;
    }

    /** Redefines one by one and leaves alone what the JVM refuses. */
    Set<String> redefineEach() {
        Redefinition redefinition = new Redefinition(instrumentation, ledger);
        Set<String> names = redefinition.each(changes);
        leave(redefinition);
        return names;
    }

    private void leave(Redefinition redefinition) {
        for (Map.Entry<Class<?>, String> e : redefinition.left().entrySet()) {
            if (patched.remove(e.getKey())) {
                skipped.add(e.getValue());
            }
        }
    }

    void count(HookState state) {
        Set<ClassLoader> loaders = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        for (Class<?> type : patched) {
            loaders.add(type.getClassLoader());
        }
        state.loaded = patched.size();
        state.loaders = loaders.size();
        state.skipped.addAll(skipped);
        if (next != null) {
            Set<String> pending = new HashSet<>(next.redefinedNames());
            pending.removeAll(loadedNames);
            state.pending = pending.size();
        }
    }

    static String loaderName(@Nullable ClassLoader loader) {
        return loader == null ? "the boot loader" : loader.getClass().getName();
    }
}
