package dev.hotpatch.jvmagent.trial;

import dev.hotpatch.jvmagent.HookAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs beside the classes of a base image, with the hook as {@code -javaagent}: links classes without initialising them, has a patch
 * applied, rolled back and applied again, and has the JVM verify and link everything. What comes of it is told on standard output, one line
 * each, fields separated by tabs.
 *
 * <p>The arguments are two files, with the classes that the patch changes and those that it adds; each line has a class, and the releases of
 * Java for which it is meant, from the first to before the last. Where the patch is and what its digest is comes from standard input, in one
 * line, so that the JVM can begin before there is a patch.
 *
 * <p>Says {@code linked NAME} for what the base links, {@code excused NAME REASON} for what cannot be linked, {@code again} if for that reason the
 * patch was not tried, {@code state STEP STATE} for each request, {@code failed NAME REASON}, {@code good CHANGED ADDED} with numbers of
 * classes, and {@code end}.
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
        List<String> changed = names(arguments[0]);
        List<String> added = names(arguments[1]);
        boolean all = trial.link(changed);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String patch = in.readLine();
        if (patch == null) {
            return;
        }
        if (all) {
            String[] parts = patch.split("\t", 2);
            trial.apply(changed, added, "cmd=apply;zip=" + parts[0] + ";sha256=" + parts[1]);
        } else {
            // The JVM refuses to redefine a class that it has found to be without what it needs.
            trial.say("again", "");
        }
        trial.say("end", "");
    }

    /** The classes of a file that are meant for this release of Java. */
    private static List<String> names(String file) throws IOException {
        String version = System.getProperty("java.specification.version");
        int release = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        // Several jars may have a class, each for other releases.
        Set<String> names = new LinkedHashSet<String>();
        for (String line : Files.readAllLines(Paths.get(file), StandardCharsets.UTF_8)) {
            String[] parts = line.split("\t", 3);
            if (Integer.parseInt(parts[1]) <= release && release < Integer.parseInt(parts[2])) {
                names.add(parts[0]);
            }
        }
        return new ArrayList<String>(names);
    }

    private boolean link(List<String> names) {
        boolean all = true;
        for (String name : names) {
            Throwable problem = problem(name);
            if (problem == null) {
                say("linked", name);
            } else {
                say("excused", name, problem);
                all = false;
            }
        }
        return all;
    }

    private void apply(List<String> changed, List<String> added, String request) {
        boolean undone = request("apply", request)
                && linking(changed) >= 0
                && linking(added) >= 0
                && request("rollback", "cmd=rollback");
        if (undone && request("again", request)) {
            int good = linking(changed);
            int more = linking(added);
            if (good >= 0 && more >= 0) {
                say("good", good + "\t" + more);
            }
        }
    }

    /** How many link; negative if one does not that should: a class of which something is missing is not to blame. */
    private int linking(List<String> names) {
        int good = 0;
        boolean failed = false;
        for (String name : names) {
            Throwable problem = problem(name);
            if (problem == null) {
                good++;
            } else if (problem instanceof NoClassDefFoundError || problem instanceof ClassNotFoundException) {
                say("excused", name, problem);
            } else {
                say("failed", name, problem);
                failed = true;
            }
        }
        return failed ? -1 : good;
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
