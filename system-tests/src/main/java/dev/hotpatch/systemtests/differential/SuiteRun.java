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
import java.util.regex.Pattern;

/**
 * Runs test classes one after the other in a JVM, and goes on in a fresh one where a class does not come to an end.
 *
 * @param folder where new folders are made, one for each JVM
 * @param testJar whose resources tests find in their working folder as in a checkout
 * @param classPath without the jar under test
 * @param limit for one test class
 * @param alone test classes that get a JVM for themselves
 */
record SuiteRun(Jdk jdk, Path folder, Path testJar, List<Path> classPath, Duration limit, List<Pattern> alone) {
    /** JVMs that the test classes of one run may use up by not ending. */
    private static final int MAX_JVMS = 40;

    /** Test classes between two lines about how far a run is. */
    private static final int STEP = 20;

    /** What is done to a JVM before its first test. */
    @FunctionalInterface
    interface Preparation {
        void prepare(SuiteJvm jvm) throws IOException, InterruptedException;
    }

    SuiteRun {
        classPath = List.copyOf(classPath);
        alone = List.copyOf(alone);
    }

    /**
     * Runs them all, and tells on standard error how far it is.
     *
     * @param name of this run, for that
     * @throws IOException if a JVM cannot be prepared, or too many are used up
     */
    Map<String, Outcome> run(String name, Path jar, Collection<String> testClasses, Preparation preparation)
            throws IOException, InterruptedException {
        List<Path> whole = new ArrayList<>(List.of(testJar, jar));
        whole.addAll(classPath);
        Map<String, Outcome> outcomes = new TreeMap<>();
        List<String> left = new ArrayList<>(testClasses);
        int lost = 0;
        while (!left.isEmpty()) {
            if (lost == MAX_JVMS) {
                throw new IOException(
                        MAX_JVMS + " JVMs were used up by test classes that do not end, last before " + left);
            }
            Path own = Files.createTempDirectory(folder, "suite");
            WorkFolder.fill(own, testJar);
            try (SuiteJvm jvm = SuiteJvm.start(jdk, own, whole)) {
                preparation.prepare(jvm);
                boolean usable = true;
                while (usable && !left.isEmpty()) {
                    String testClass = left.remove(0);
                    Map<String, Outcome> one = jvm.run(testClass, limit);
                    outcomes.putAll(one);
                    tell(name, testClasses.size() - left.size(), testClasses.size());
                    boolean broken = one.values().stream()
                            .anyMatch(outcome -> outcome.status().equals(Outcome.BROKEN_OFF));
                    lost += broken ? 1 : 0;
                    usable = !broken && !isAlone(testClass) && (left.isEmpty() || !isAlone(left.get(0)));
                }
            }
        }
        return outcomes;
    }

    private static void tell(String name, int done, int all) {
        if (done % STEP == 0 || done == all) {
            System.err.printf("%s: %d of %d test classes%n", name, done, all);
        }
    }

    private boolean isAlone(String testClass) {
        return alone.stream().anyMatch(pattern -> pattern.matcher(testClass).matches());
    }
}
