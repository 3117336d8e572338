package dev.hotpatch.jvmagent.core;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts about classes and loaders that do not keep these alive, nor trust a loader's own {@code equals}. Values must not
 * refer to the key. For one thread at a time.
 */
final class WeakIdentityMap<K, V> {
    private final Map<Object, V> map = new HashMap<>();
    private final ReferenceQueue<K> gone = new ReferenceQueue<>();

    @Nullable
    V get(K key) {
        purge();
        return map.get(new Probe(key));
    }

    void put(K key, V value) {
        purge();
        map.put(new Key<>(key, gone), value);
    }

    void clear() {
        map.clear();
    }

    /** Those that are still alive. */
    List<K> keys() {
        List<K> keys = new ArrayList<>();
        for (Object k : map.keySet()) {
            @SuppressWarnings("unchecked") // put enters no other keys
            K key = ((Key<K>) k).get();
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    Iterable<V> values() {
        purge();
        return map.values();
    }

    private void purge() {
        for (Object k = gone.poll(); k != null; k = gone.poll()) {
            map.remove(k);
        }
    }

    private static final class Key<K> extends WeakReference<K> {
        private final int hash;

        Key(K key, ReferenceQueue<K> queue) {
            super(key, queue);
            hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object key = get();
            return key != null && other instanceof Key && ((Key<?>) other).get() == key;
        }
    }

    /** Stands for a key in a look-up; the map calls the probe's {@code equals} with the stored key. */
    private static final class Probe {
        private final Object key;

        Probe(Object key) {
            this.key = key;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(key);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key && ((Key<?>) other).get() == key;
        }
    }
}
