package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.systemtests.jvm.AttachedHook;
import dev.hotpatch.systemtests.jvm.ChildJvm;
import dev.hotpatch.systemtests.jvm.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A JVM with a jar and what that needs on its class path, in which classes are loaded and linked. Whoever starts it closes it. */
final class ClassChild implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PROGRAM = "dev.hotpatch.systemtests.jvm.child.ClassesMain";

    /**
     * What became of a list of classes.
     *
     * @param fine those that were loaded (from the jar) or linked
     * @param elsewhere those that came from another place than the jar
     * @param failed the rest
     */
    record Outcome(List<String> fine, List<String> elsewhere, List<Failure> failed) {
        Outcome {
            fine = List.copyOf(fine);
            elsewhere = List.copyOf(elsewhere);
            failed = List.copyOf(failed);
        }
    }

    private final ChildJvm jvm;
    private final Path folder;
    private final Path jar;
    private int commands;

    private ClassChild(ChildJvm jvm, Path folder, Path jar) {
        this.jvm = jvm;
        this.folder = folder;
        this.jar = jar;
    }

    static ClassChild start(Jdk jdk, Path folder, Path jar, List<Path> dependencies) throws IOException {
        List<Path> classPath = new ArrayList<>();
        classPath.add(jar);
        classPath.add(ChildJvm.programs());
        classPath.addAll(dependencies);
        Path own = Files.createTempDirectory(folder, "child");
        // The first compiler is enough: nothing here runs long.
        List<String> options = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
        return new ClassChild(ChildJvm.start(jdk, own, options, classPath, List.of(PROGRAM)), own, jar);
    }

    /** Loads classes and says which of them are the jar's own. */
    Outcome load(Collection<String> names) throws IOException, InterruptedException {
        return ask("load", names, "\t" + jar);
    }

    /** Loads and links classes, so that the verifier has seen them. */
    Outcome link(Collection<String> names) throws IOException, InterruptedException {
        return ask("link", names, "");
    }

    AttachedHook hook() throws IOException {
        return jvm.hook();
    }

    private Outcome ask(String command, Collection<String> names, String more)
            throws IOException, InterruptedException {
        commands++;
        Path asked = Files.write(folder.resolve("names" + commands), names);
        Path result = folder.resolve("result" + commands);
        String answer = jvm.ask(command + "\t" + asked + "\t" + result + more, PATIENCE);
        if (!answer.equals("done " + names.size())) {
            throw new IOException("the child did not " + command + " " + names.size() + " classes: " + answer);
        }
        List<String> fine = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        for (String line : Files.readAllLines(result)) {
            String[] fields = line.split("\t", 3);
            switch (fields[0]) {
                case "ok" -> fine.add(fields[1]);
                case "elsewhere" -> elsewhere.add(fields[1]);
                default -> failed.add(new Failure(fields[1], fields[2]));
            }
        }
        return new Outcome(fine, elsewhere, failed);
    }

    @Override
    public void close() {
        jvm.close();
    }
}
