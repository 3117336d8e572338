package dev.hotpatch.jvmagent;

import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the hook, for {@code -javaagent} ("preload") and for late attach.
 *
 * <p>Loading the jar again, in whatever way, reaches the hook that is already there. Neither method ever throws into the
 * host; what became of a request is found in the system property {@code dev.hotpatch.state}.
 */
public final class HookAgent {
    private static final String CORE = "dev.hotpatch.jvmagent.core.Hook";

    private static @Nullable BiConsumer<String, String> hook;

    private HookAgent() {}

    /** Runs before {@code main}; with {@code patch=FILE} returns when the patch is in force or refused. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        run("preload", arguments, instrumentation);
    }

    /** Runs on the JVM's one attach thread, hence returns at once; the work is done on a thread of the hook. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        run("attach", arguments, instrumentation);
    }

    /**
     * A request from within, to the hook that is already there.
     *
     * @throws IllegalStateException if there is none
     */
    public static synchronized void request(String arguments) {
        BiConsumer<String, String> current = hook;
        if (current == null) {
            throw new IllegalStateException("no hook in this JVM");
        }
        current.accept("attach", arguments);
    }

    private static void run(String mode, @Nullable String arguments, Instrumentation instrumentation) {
        try {
            hook(instrumentation).accept(mode, arguments == null ? "" : arguments);
        } catch (Throwable t) {
            // Nothing may reach the host: with premain it would end the JVM.
            fail(mode, t);
        }
    }

    @SuppressWarnings(
            "unchecked") // The class is ours, only its loader is not the one that this code is compiled against.
    private static synchronized BiConsumer<String, String> hook(Instrumentation instrumentation)
            throws ReflectiveOperationException, java.io.IOException {
        BiConsumer<String, String> current = hook;
        if (current == null) {
            String version = HookAgent.class.getPackage().getImplementationVersion();
            current = (BiConsumer<String, String>) HookLoader.ofThisJar()
                    .loadClass(CORE)
                    .getConstructor(Instrumentation.class, String.class)
                    .newInstance(instrumentation, version == null ? "unknown" : version);
            hook = current;
        }
        return current;
    }

    private static void fail(String mode, Throwable cause) {
        try {
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            String type = root.getClass().getName();
            System.setProperty("dev.hotpatch.state", "v=1;phase=failed;code=internal;message=" + type);
            if ("preload".equals(mode)) {
                System.err.println(
                        "hotpatch: the reload hook could not start, the application runs without it: " + root);
            }
        } catch (Throwable ignored) {
            // No property and no stderr: there is nowhere left to say it.
        }
    }
}
