package dev.hotpatch.jvmagent.trial;

import dev.hotpatch.jvmagent.HookAgent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs beside the classes of a base image, with the hook as {@code -javaagent}: loads classes without initialising them, has a patch
 * applied, rolled back and applied again, and has the JVM verify and link everything. What comes of it is told on standard output, one line
 * each, fields separated by tabs.
 *
 * <p>{@code link FILE}: which of the classes in the file (a line each) link; says {@code linked NAME}. {@code apply FILE NEW ZIP SHA256}: tries
 * the patch; says {@code state STEP STATE} for each request, {@code excused NAME REASON}, {@code failed NAME REASON}, and {@code end}.
 */
public final class Trial {
    private static final String STATE = "dev.hotpatch.state";
    private static final long PAUSE_NANOS = 1_000_000;

    private final PrintStream out;

    private Trial(PrintStream out) {
        this.out = out;
    }

    /** Whoever starts the JVM bounds its time. */
    // The one who has started this JVM reads what is printed, and Java 8 has no other constructor.
    @SuppressWarnings({"SystemOut", "JdkObsolete"})
    public static void main(String[] arguments) throws Exception {
        Trial trial = new Trial(new PrintStream(System.out, true, "UTF-8"));
        trial.say("java", System.getProperty("java.version"));
        List<String> names = Files.readAllLines(Paths.get(arguments[1]), StandardCharsets.UTF_8);
        if (arguments[0].equals("link")) {
            trial.link(names);
        } else {
            trial.apply(
                    names,
                    Files.readAllLines(Paths.get(arguments[2]), StandardCharsets.UTF_8),
                    "cmd=apply;zip=" + arguments[3] + ";sha256=" + arguments[4]);
        }
        trial.say("end", "");
    }

    private void link(List<String> names) {
        for (String name : names) {
            if (problem(name) == null) {
                say("linked", name);
            }
        }
    }

    private void apply(List<String> old, List<String> added, String request) {
        List<Class<?>> loaded = new ArrayList<Class<?>>();
        for (String name : old) {
            try {
                loaded.add(Class.forName(name, false, Trial.class.getClassLoader()));
            } catch (Throwable t) {
                say("excused", name, t);
            }
        }
        if (request("apply", request) && linked(old, added) && request("rollback", "cmd=rollback")) {
            if (request("again", request)) {
                linked(old, added);
            }
        }
        say("loaded", String.valueOf(loaded.size()));
    }

    /** Whether all link that can; a class of which something is missing is not to blame. */
    private boolean linked(List<String> old, List<String> added) {
        boolean good = true;
        List<String> all = new ArrayList<String>(old);
        all.addAll(added);
        for (String name : all) {
            Throwable problem = problem(name);
            if (problem instanceof NoClassDefFoundError || problem instanceof ClassNotFoundException) {
                say("excused", name, problem);
            } else if (problem != null) {
                say("failed", name, problem);
                good = false;
            }
        }
        return good;
    }

    /** What is in the way of linking; null if nothing is. */
    private static @Nullable Throwable problem(String name) {
        try {
            // Whoever asks for constructors makes HotSpot link the class, and not initialise it.
            Objects.requireNonNull(
                    Class.forName(name, false, Trial.class.getClassLoader()).getDeclaredConstructors());
            return null;
        } catch (Throwable t) {
            return t;
        }
    }

    private boolean request(String step, String command) {
        HookAgent.request("v=1;id=trial-" + step + ";" + command);
        while (true) {
            String state = String.valueOf(System.getProperty(STATE));
            boolean mine = state.contains(";request=trial-" + step + ";") && !state.contains(";phase=running;");
            if (mine || state.contains("code=internal")) {
                say("state", step + "\t" + state);
                return state.contains(";phase=done;");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void say(String word, String name, Throwable reason) {
        say(word, name + "\t" + String.valueOf(reason).replace('\n', ' ').replace('\t', ' '));
    }

    private void say(String word, String rest) {
        out.println(word + "\t" + rest);
    }
}
