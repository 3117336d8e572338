package dev.hotpatch.differ.hotspot;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs in a child JVM: loads the classes that a list names and redefines each. The list has lines of class name, TAB, file with the new
 * class file; the outcome, one line for each, goes to the file that is the second argument.
 */
public final class RedefineAgent {
    private RedefineAgent() {}

    /** The entry point; {@code arguments} are two paths joined by a comma. */
    public static void premain(String arguments, Instrumentation instrumentation) throws IOException {
        String[] paths = arguments.split(",", 2);
        List<String> outcome = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(paths[0]))) {
            String[] fields = line.split("\t", 2);
            outcome.add(redefine(fields[0].replace('/', '.'), Path.of(fields[1]), instrumentation) + "\t" + fields[0]);
        }
        Files.write(Path.of(paths[1]), outcome);
    }

    /** There is nothing to run but the agent. */
    public static void main(String[] arguments) {}

    private static String redefine(String name, Path file, Instrumentation instrumentation) throws IOException {
        Class<?> loaded;
        try {
            loaded = Class.forName(name, false, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return "not-loaded " + e;
        }
        try {
            instrumentation.redefineClasses(new ClassDefinition(loaded, Files.readAllBytes(file)));
            return "taken";
        } catch (NoClassDefFoundError | VirtualMachineError e) {
            return "not-linked " + e;
        } catch (UnmodifiableClassException | ClassNotFoundException | LinkageError | UnsupportedOperationException e) {
            return "refused " + e;
        }
    }
}
