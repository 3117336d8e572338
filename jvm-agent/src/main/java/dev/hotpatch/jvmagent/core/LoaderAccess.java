package dev.hotpatch.jvmagent.core;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protected methods of {@link ClassLoader} that define and find classes in somebody else's loader. From Java 9 on
 * {@code java.lang} is opened for that, to the unnamed module of the hook's own loader and to nobody else.
 */
final class LoaderAccess {
    private final Method define;
    private final Method findLoaded;
    /** Of the loader itself from Java 9 on; before, of its parents too. */
    private final Method getPackage;

    private final Method definePackage;

    /** Only from Java 9 on. */
    private final @Nullable Instrumentation opener;

    private LoaderAccess(boolean modules, Instrumentation instrumentation) throws NoSuchMethodException {
        opener = modules ? instrumentation : null;
        define = method("defineClass", String.class, byte[].class, int.class, int.class, ProtectionDomain.class);
        findLoaded = method("findLoadedClass", String.class);
        Class<?> s = String.class;
        getPackage = method(modules ? "getDefinedPackage" : "getPackage", s);
        definePackage = method("definePackage", s, s, s, s, s, s, s, java.net.URL.class);
    }

    static LoaderAccess open(Instrumentation instrumentation) throws Refusal {
        try {
            boolean modules =
                    !System.getProperty("java.specification.version", "").startsWith("1.");
            if (modules) {
                open(instrumentation, Object.class, "java.lang");
            }
            return new LoaderAccess(modules, instrumentation);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new Refusal(
                    Refusal.UNSUPPORTED_JVM, "this JVM does not let the hook define classes in its loaders: " + e, e);
        }
    }

    /** Lets the hook, and nobody else, call what is not public in the package of a class. */
    void openPackage(Class<?> type) throws ReflectiveOperationException {
        String name = type.getName();
        int dot = name.lastIndexOf('.');
        if (opener != null && dot > 0) {
            open(opener, type, name.substring(0, dot));
        }
    }

    private static void open(Instrumentation instrumentation, Class<?> inModule, String pack)
            throws ReflectiveOperationException {
        Class<?> module = Class.forName("java.lang.Module");
        Method getModule = Class.class.getMethod("getModule");
        Object base = getModule.invoke(inModule);
        if (!Boolean.TRUE.equals(module.getMethod("isNamed").invoke(base))) {
            return;
        }
        Object ours = getModule.invoke(LoaderAccess.class);
        Instrumentation.class
                .getMethod("redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        base,
                        Collections.emptySet(),
                        Collections.emptyMap(),
                        Collections.singletonMap(pack, Collections.singleton(ours)),
                        Collections.emptySet(),
                        Collections.emptyMap());
    }

    private static Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = ClassLoader.class.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    /** The class that the JVM has on record for this name (dots) and loader, without loading anything. */
    @Nullable
    Class<?> findLoaded(ClassLoader loader, String name) {
        return (Class<?>) invoke(findLoaded, loader, name);
    }

    /** Defines a class; a {@link LinkageError} is thrown as it is. */
    Class<?> define(ClassLoader loader, String name, byte[] bytes, @Nullable ProtectionDomain domain) {
        int dot = name.lastIndexOf('.');
        if (!hasModules() && dot > 0 && !hasPackage(loader, name.substring(0, dot))) {
            definePackage(loader, name.substring(0, dot), null);
        }
        Object defined = invoke(define, loader, name, bytes, 0, bytes.length, domain);
        if (defined == null) {
            throw new IllegalStateException("defineClass of " + loader + " returned nothing");
        }
        return (Class<?>) defined;
    }

    boolean hasModules() {
        return opener != null;
    }

    boolean hasPackage(ClassLoader loader, String pack) {
        return invoke(getPackage, loader, pack) != null;
    }

    /** Makes a package known to a loader, sealed to where {@code sealBase} points if that is not null. */
    void definePackage(ClassLoader loader, String pack, java.net.@Nullable URL sealBase) {
        invoke(definePackage, loader, pack, null, null, null, null, null, null, sealBase);
    }

    private static @Nullable Object invoke(Method method, Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " was made accessible", e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error) {
                throw (Error) cause;
            }
            throw cause instanceof RuntimeException ? (RuntimeException) cause : new IllegalStateException(cause);
        }
    }
}
