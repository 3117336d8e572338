package dev.hotpatch.differ.companion;

import java.lang.ref.Reference;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What companions of declared effects begin with. Runs in the patched program, on Java 8 and later; so no annotations, lambdas, nested
 * classes and joined strings here.
 */
final class EffectTemplate {
    private EffectTemplate() {}

    /** Empties whatever holds values: collections of the JDK, or what has a method for it, as caches of Guava and Caffeine. */
    @SuppressWarnings("UnusedMethod") // The generated methods call it.
    private static void empty(Object holder) throws ReflectiveOperationException {
        if (holder instanceof Map) {
            ((Map<?, ?>) holder).clear();
        } else if (holder instanceof Collection) {
            ((Collection<?>) holder).clear();
        } else if (holder instanceof ThreadLocal) {
            ((ThreadLocal<?>) holder).remove();
        } else if (holder instanceof AtomicReference) {
            ((AtomicReference<?>) holder).set(null);
        } else if (holder instanceof Reference) {
            ((Reference<?>) holder).clear();
        } else if (holder != null) {
            Class<?> type = holder.getClass();
            try {
                call(type, "invalidateAll", holder);
            } catch (NoSuchMethodException e) {
                call(type, "clear", holder);
            }
        }
    }

    private static void call(Class<?> type, String name, Object holder) throws ReflectiveOperationException {
        java.lang.reflect.Method method = type.getMethod(name);
        method.setAccessible(true);
        method.invoke(holder);
    }
}
