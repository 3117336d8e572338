package dev.hotpatch.systemtests.jvm.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads and links classes of the class path, and initialises none of them. A command is a line, its fields separated by TAB:
 *
 * <ul>
 *   <li>{@code load NAMES RESULT JAR}: loads each class that the file NAMES lists; those that come from elsewhere than JAR are told apart.
 *   <li>{@code link NAMES RESULT}: loads and links them, which is what runs the verifier.
 * </ul>
 *
 * RESULT gets a line for each class: {@code ok}, {@code elsewhere} or {@code failed}, its name, and what was thrown. It keeps every class that it has loaded.
 */
public final class ClassCommands {
    private final List<Class<?>> kept = new ArrayList<>();

    /** Carries out a command; returns what to answer. */
    public String perform(String line) throws IOException {
        return perform(line.split("\t", -1));
    }

    private String perform(String[] words) throws IOException {
        boolean link = words[0].equals("link");
        List<String> results = new ArrayList<>();
        for (String name : Files.readAllLines(Paths.get(words[1]), StandardCharsets.UTF_8)) {
            results.add(link ? link(name) : load(name, Paths.get(words[3])));
        }
        Files.write(Paths.get(words[2]), results, StandardCharsets.UTF_8);
        return "done " + results.size();
    }

    private String load(String name, Path jar) {
        try {
            Class<?> type = find(name);
            kept.add(type);
            CodeSource source = type.getProtectionDomain().getCodeSource();
            boolean ours =
                    source != null && Paths.get(source.getLocation().toURI()).equals(jar);
            return (ours ? "ok\t" : "elsewhere\t") + name + "\t" + (ours ? "" : source);
        } catch (Exception | LinkageError e) {
            return failed(name, e);
        }
    }

    /**
     * HotSpot links a class before it lists its members by reflection, in all releases from 8 on. To list them it then loads the classes that they
     * mention, so where one of those is missing the next list is asked for: any one that is given shows that linking went well.
     */
    private String link(String name) {
        String failure = "";
        for (int list = 0; list < 3; list++) {
            try {
                Class<?> type = find(name);
                int members = list == 0
                        ? type.getDeclaredConstructors().length
                        : list == 1 ? type.getDeclaredFields().length : type.getDeclaredMethods().length;
                return "ok\t" + name + "\t" + members;
            } catch (ClassNotFoundException | LinkageError e) {
                if (!(e instanceof NoClassDefFoundError)) {
                    return failed(name, e);
                }
                failure = failure.isEmpty() ? failed(name, e) : failure;
            }
        }
        return failure;
    }

    private static Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name, false, ClassCommands.class.getClassLoader());
    }

    private static String failed(String name, Throwable cause) {
        String text = String.valueOf(cause).replaceAll("\\s+", " ");
        return "failed\t" + name + "\t" + text.substring(0, Math.min(2_000, text.length()));
    }
}
