package dev.hotpatch.jvmagent.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which class runs which class file. Written by the hook's thread and, while the application loads classes, by the
 * application's threads; every method is short and calls no foreign code, so that nobody can be held up here.
 */
final class Ledger {
    /** What is known of one class; immutable. */
    static final class Version {
        /** Digest of the class file that the application brought. */
        final String base;
        /** Digest of the class file that runs. */
        final String current;
        /** The class was loaded while a patch was being put in or out: {@code current} may be wrong. */
        final boolean uncertain;
        /** Why the class is left alone, or null. */
        final @Nullable String skipped;
        /** It is left alone because it cannot be linked, which may change. */
        final boolean unlinkable;

        Version(String base, String current, boolean uncertain, @Nullable String skipped) {
            this(base, current, uncertain, skipped, false);
        }

        private Version(String base, String current, boolean uncertain, @Nullable String skipped, boolean unlinkable) {
            this.base = base;
            this.current = current;
            this.uncertain = uncertain;
            this.skipped = skipped;
            this.unlinkable = unlinkable;
        }

        /** Of a class that runs no code at all as long as it cannot be linked. */
        static Version unlinkable(String base, String reason) {
            return new Version(base, base, false, reason, true);
        }
    }

    /** Stands for the boot loader, which is null. */
    private static final Object BOOT = new Object();

    private final WeakIdentityMap<Class<?>, Version> classes = new WeakIdentityMap<>();
    /** What the transformer answered, per loader and internal name: the class does not exist yet when it answers. */
    private final WeakIdentityMap<Object, Map<String, Version>> loads = new WeakIdentityMap<>();
    /** The new classes that the hook defined, per loader and internal name, as they are now. */
    private final WeakIdentityMap<Object, Map<String, LiveUnit.NewClass>> defined = new WeakIdentityMap<>();
    /** The same classes, to find these themselves. */
    private final WeakIdentityMap<Class<?>, Boolean> definedTypes = new WeakIdentityMap<>();
    /** New classes that do not link in a loader, with the reason, so that it is not tried with every class anew. */
    private final WeakIdentityMap<Object, Map<String, String>> unlinkable = new WeakIdentityMap<>();
    /** The application's class files by digest, for the way back. */
    private final Map<String, byte[]> bases = new HashMap<>();

    synchronized @Nullable Version of(Class<?> type, String name) {
        Version version = classes.get(type);
        if (version == null) {
            Map<String, Version> ofLoader = loads.get(key(type.getClassLoader()));
            version = ofLoader == null ? null : ofLoader.get(name);
        }
        return version;
    }

    synchronized void put(Class<?> type, Version version) {
        classes.put(type, version);
    }

    synchronized void loaded(@Nullable ClassLoader loader, String name, Version version) {
        slot(loads, loader).put(name, version);
    }

    /** Notes that a new class was defined, or redefined to be another patch's of that name. */
    synchronized void defined(Class<?> type, LiveUnit.NewClass now) {
        slot(defined, type.getClassLoader()).put(now.name, now);
        definedTypes.put(type, true);
    }

    /** The new class of that name that the hook defined in this very loader, or null. */
    synchronized LiveUnit.@Nullable NewClass defined(@Nullable ClassLoader loader, String name) {
        Map<String, LiveUnit.NewClass> ofLoader = defined.get(key(loader));
        return ofLoader == null ? null : ofLoader.get(name);
    }

    /** The new classes of a name (dots), in whatever loader. */
    synchronized List<Class<?>> definedTypes(String name) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type : definedTypes.keys()) {
            if (type.getName().equals(name)) {
                types.add(type);
            }
        }
        return types;
    }

    synchronized void unlinkable(ClassLoader loader, String digest, String reason) {
        slot(unlinkable, loader).put(digest, reason);
    }

    synchronized boolean isUnlinkable(ClassLoader loader, String digest) {
        Map<String, String> ofLoader = unlinkable.get(loader);
        return ofLoader != null && ofLoader.containsKey(digest);
    }

    /** How many classes of these names the hook has defined in living loaders. */
    synchronized int countDefined(java.util.Set<String> names) {
        int n = 0;
        for (Map<String, LiveUnit.NewClass> ofLoader : defined.values()) {
            for (String name : ofLoader.keySet()) {
                n += names.contains(name) ? 1 : 0;
            }
        }
        return n;
    }

    /** Why which new classes are not there. */
    synchronized List<String> unlinkables() {
        List<String> reasons = new ArrayList<>();
        for (Map<String, String> ofLoader : unlinkable.values()) {
            reasons.addAll(ofLoader.values());
        }
        return reasons;
    }

    synchronized void base(String digest, byte[] bytes) {
        if (!bases.containsKey(digest)) {
            bases.put(digest, bytes.clone());
        }
    }

    synchronized byte @Nullable [] base(String digest) {
        return bases.get(digest);
    }

    /** Forgets everything but the new classes, which stay in their loaders; for a JVM that runs no patch any more. */
    synchronized void forget() {
        classes.clear();
        loads.clear();
        unlinkable.clear();
        bases.clear();
    }

    private static Object key(@Nullable ClassLoader loader) {
        return loader == null ? BOOT : loader;
    }

    private static <V> Map<String, V> slot(WeakIdentityMap<Object, Map<String, V>> map, @Nullable ClassLoader loader) {
        Map<String, V> slot = map.get(key(loader));
        if (slot == null) {
            slot = new HashMap<>();
            map.put(key(loader), slot);
        }
        return slot;
    }
}
