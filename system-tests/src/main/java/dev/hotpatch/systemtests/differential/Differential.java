package dev.hotpatch.systemtests.differential;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.JdkOptions;
import dev.hotpatch.testdata.corpus.CacheFolder;
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

/** The command {@code differential}; see docs/corpus.md. Exit code 0 if all suites are equal, 1 if not, 2 for a wrong command line. */
final class Differential {
    private static final List<Integer> USUAL_JDKS = List.of(17);

    /** A number of tests, classes or seconds. */
    private static final String NUMBER = "[1-9]\\d{0,4}";

    private final List<String> jdks = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();
    private int sample;
    private boolean fresh;
    private Duration limit = Duration.ofMinutes(2);

    private Differential() {}

    public static void main(String[] args) throws InterruptedException {
        Differential differential = new Differential();
        int code;
        try {
            differential.parse(List.of(args));
            code = differential.run(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("differential: " + e.getMessage());
            code = 2;
        } catch (IOException e) {
            System.err.println("differential: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    private void parse(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.equals("--jdk") && i + 1 < args.size()) {
                jdks.add(args.get(++i));
            } else if (word.equals("--sample")
                    && i + 1 < args.size()
                    && args.get(i + 1).matches(NUMBER)) {
                sample = Integer.parseInt(args.get(++i));
            } else if (word.equals("--limit")
                    && i + 1 < args.size()
                    && args.get(i + 1).matches(NUMBER)) {
                limit = Duration.ofSeconds(Integer.parseInt(args.get(++i)));
            } else if (word.equals("--fresh")) {
                fresh = true;
            } else if (word.startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + word
                        + "; usage: differential [--jdk HOME|RELEASE]… [--sample N] [--limit SECONDS]"
                        + " [--fresh] [FILTER…]");
            } else {
                filters.add(word);
            }
        }
    }

    private int run(Map<String, String> environment) throws IOException, InterruptedException {
        List<Jdk> chosen = JdkOptions.choose(jdks, USUAL_JDKS, CacheFolder.fromEnvironment(environment));
        List<Suite> suites =
                Suite.all().stream().filter(suite -> suite.matches(filters)).toList();
        if (suites.isEmpty()) {
            throw new IllegalArgumentException("no suite matches " + filters);
        }
        Path scratch = Files.createTempDirectory("hotpatch-differential");
        List<SuiteResult> results = new ArrayList<>();
        try {
            SuiteTrial trial = new SuiteTrial(
                    MavenArtifacts.fromEnvironment(environment),
                    MavenDependencies.fromEnvironment(environment),
                    sample,
                    limit,
                    fresh,
                    scratch);
            for (Suite suite : suites) {
                for (Jdk jdk : chosen) {
                    SuiteResult result = trial.run(suite, jdk);
                    results.add(result);
                    System.out.println(Report.text(result));
                }
            }
        } finally {
            Folders.delete(scratch);
        }
        System.out.println(Report.total(results));
        return results.stream().allMatch(SuiteResult::isEqual) ? 0 : 1;
    }
}
