package dev.hotpatch.jvmagent.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** One effect in one loader. */
final class EffectCall {
    private static final int MAX_PROBLEM = 1_000;

    final LiveUnit.Effect effect;
    final Class<?> type;

    EffectCall(LiveUnit.Effect effect, Class<?> type) {
        this.effect = effect;
        this.type = type;
    }

    String name() {
        return effect.kind + " effect " + type.getName() + "#" + effect.method + " in "
                + Plan.loaderName(type.getClassLoader());
    }

    /** Runs the method on this thread; returns what went wrong, or null. */
    @Nullable
    String run(LoaderAccess access) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(type.getClassLoader());
            access.openPackage(type);
            Method method = type.getDeclaredMethod(effect.method);
            method.setAccessible(true);
            Object result = method.invoke(null);
            if (LiveUnit.Effect.PROBE.equals(effect.kind) && !Boolean.TRUE.equals(result)) {
                return name() + " found that the patch is without effect";
            }
            return null;
        } catch (Throwable t) {
            // Whatever code of the patch throws ends here; even the exception's own text is foreign code.
            Throwable cause = t instanceof InvocationTargetException && t.getCause() != null ? t.getCause() : t;
            return name() + " threw " + text(cause);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String text(Throwable cause) {
        try {
            String text = cause.toString();
            return text.length() <= MAX_PROBLEM ? text : text.substring(0, MAX_PROBLEM) + "…";
        } catch (Throwable t) {
            return cause.getClass().getName();
        }
    }
}
