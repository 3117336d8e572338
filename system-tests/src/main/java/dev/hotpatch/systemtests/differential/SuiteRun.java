package dev.hotpatch.systemtests.differential;

import dev.hotpatch.systemtests.jvm.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs test classes one after the other in a JVM, and goes on in a fresh one where a class does not come to an end.
 *
 * @param folder where new folders are made, one for each JVM
 * @param testJar whose resources tests find in their working folder as in a checkout
 * @param classPath without the jar under test
 * @param limit for one test class
 */
record SuiteRun(Jdk jdk, Path folder, Path testJar, List<Path> classPath, Duration limit) {
    /** JVMs that one run may use up. */
    private static final int MAX_JVMS = 40;

    /** What is done to a JVM before its first test. */
    @FunctionalInterface
    interface Preparation {
        void prepare(SuiteJvm jvm) throws IOException, InterruptedException;
    }

    SuiteRun {
        classPath = List.copyOf(classPath);
    }

    /**
     * Runs them all.
     *
     * @throws IOException if a JVM cannot be prepared, or too many are used up
     */
    Map<String, Outcome> run(Path jar, Collection<String> testClasses, Preparation preparation)
            throws IOException, InterruptedException {
        List<Path> whole = new ArrayList<>(List.of(testJar, jar));
        whole.addAll(classPath);
        Map<String, Outcome> outcomes = new TreeMap<>();
        List<String> left = new ArrayList<>(testClasses);
        for (int jvms = 0; !left.isEmpty(); jvms++) {
            if (jvms == MAX_JVMS) {
                throw new IOException(
                        MAX_JVMS + " JVMs were used up by test classes that do not end, last before " + left);
            }
            Path own = Files.createTempDirectory(folder, "suite");
            WorkFolder.fill(own, testJar);
            try (SuiteJvm jvm = SuiteJvm.start(jdk, own, whole)) {
                preparation.prepare(jvm);
                boolean usable = true;
                while (usable && !left.isEmpty()) {
                    Map<String, Outcome> one = jvm.run(left.remove(0), limit);
                    outcomes.putAll(one);
                    usable = one.values().stream()
                            .noneMatch(outcome -> outcome.status().equals(Outcome.BROKEN_OFF));
                }
            }
        }
        return outcomes;
    }
}
