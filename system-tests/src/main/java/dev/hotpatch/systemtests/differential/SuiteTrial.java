package dev.hotpatch.systemtests.differential;

import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.systemtests.jvm.OwnNetwork;
import dev.hotpatch.testdata.corpus.Folders;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.corpus.MavenDependencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs suites, one after the other; for one thread.
 *
 * @param sample how many test classes of each suite are run, spread evenly over them; 0 for all
 * @param limit for one test class
 * @param fresh whether each test class gets a JVM for itself
 * @param scratch for temporary files, which are gone when {@link #run} returns
 */
record SuiteTrial(
        MavenArtifacts artifacts,
        MavenDependencies dependencies,
        int sample,
        Duration limit,
        boolean fresh,
        Path scratch) {
    /** How a problem begins that is a matter of the plan: there is no live unit to be compared. */
    static final String NOT_LIVE = "the patch cannot go live";

    /** The release of JUnit that runs all suites; it runs JUnit 3 and 4 as well. */
    static final List<String> JUNIT = List.of(
            "org.junit.platform:junit-platform-commons:1.10.5",
            "org.junit.platform:junit-platform-engine:1.10.5",
            "org.junit.platform:junit-platform-launcher:1.10.5",
            "org.junit.jupiter:junit-jupiter-api:5.10.5",
            "org.junit.jupiter:junit-jupiter-params:5.10.5",
            "org.junit.jupiter:junit-jupiter-engine:5.10.5",
            "org.junit.vintage:junit-vintage-engine:5.10.5",
            "junit:junit:4.13.2");

    SuiteResult run(Suite suite, Jdk jdk) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(scratch, "differential");
        long start = System.nanoTime();
        try {
            Path from = artifacts.fetch(suite.from());
            Path to = artifacts.fetch(suite.to());
            LibraryPatch patch = LibraryPatch.build(from, to, folder);
            if (patch.liveUnit().isEmpty()) {
                return failed(suite, jdk, start, NOT_LIVE + ": " + blocks(patch.plan()));
            }
            Path tests = artifacts.fetch(suite.tests());
            List<String> extra = new ArrayList<>(JUNIT);
            extra.addAll(suite.extra());
            MavenDependencies.ClassPath needed = dependencies.of(List.of(suite.to()), true, extra);
            List<Pattern> alone = fresh ? List.of(Pattern.compile(".*")) : suite.alone();
            Optional<Jdk> own = OwnNetwork.of(jdk);
            SuiteRun runs = new SuiteRun(own.orElse(jdk), folder, tests, needed.jars(), limit, alone);
            List<String> candidates = suite.candidates(tests);
            List<String> chosen = Sample.of(candidates, sample);
            Subject subject = new Subject(
                    runs,
                    from,
                    to,
                    patch.liveUnit().get(),
                    chosen,
                    own.isPresent(),
                    Map.of(
                            KnownDifference.Run.PATCHED, KnownDifference.of(suite, KnownDifference.Run.PATCHED),
                            KnownDifference.Run.ROLLED_BACK,
                                    KnownDifference.of(suite, KnownDifference.Run.ROLLED_BACK)));
            Comparison patched = subject.patchedAgainstNew();
            Comparison rolledBack = subject.rolledBackAgainstOld();
            return new SuiteResult(
                    suite,
                    jdk.feature(),
                    chosen.size() + " of " + candidates.size(),
                    Optional.of(patched),
                    Optional.of(rolledBack),
                    Duration.ofNanos(System.nanoTime() - start),
                    "");
        } catch (IOException e) {
            return failed(suite, jdk, start, String.valueOf(e.getMessage()));
        } finally {
            Folders.delete(folder);
        }
    }

    private static SuiteResult failed(Suite suite, Jdk jdk, long start, String problem) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new SuiteResult(suite, jdk.feature(), "0", Optional.empty(), Optional.empty(), time, problem);
    }

    private static String blocks(PatchPlan plan) {
        Map<String, Integer> codes = new TreeMap<>();
        plan.blocked().forEach(blocked -> codes.merge(blocked.reason().code(), 1, Integer::sum));
        String text = codes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "verdict " + plan.verdict().word() + (text.isEmpty() ? "" : ", blocked: " + text);
    }
}
