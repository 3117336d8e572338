package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.JdkOptions;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Folders;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.corpus.MavenDependencies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command {@code corpus}; see docs/corpus.md. Exit code 0 if all is as the plans promise, 1 if not, 2 for a wrong command line. */
final class Corpus {
    private static final List<Integer> USUAL_JDKS = List.of(17, 25);

    private final List<String> jdks = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();
    private boolean json;

    private Corpus() {}

    public static void main(String[] args) throws InterruptedException {
        Corpus corpus = new Corpus();
        int code;
        try {
            corpus.parse(List.of(args));
            code = corpus.run(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("corpus: " + e.getMessage());
            code = 2;
        } catch (IOException e) {
            System.err.println("corpus: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    private void parse(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.equals("--json")) {
                json = true;
            } else if (word.equals("--jdk") && i + 1 < args.size()) {
                jdks.add(args.get(++i));
            } else if (word.startsWith("-")) {
                throw new IllegalArgumentException(
                        "unknown option " + word + "; usage: corpus [--json] [--jdk HOME|RELEASE]… [RELEASE-FILTER…]");
            } else {
                filters.add(word);
            }
        }
    }

    private int run(Map<String, String> environment) throws IOException, InterruptedException {
        List<Jdk> chosen = JdkOptions.choose(jdks, USUAL_JDKS, CacheFolder.fromEnvironment(environment));
        List<Release> releases = Release.all().stream()
                .filter(release -> release.matches(filters))
                .toList();
        if (releases.isEmpty()) {
            throw new IllegalArgumentException("no release matches " + filters);
        }
        Path scratch = Files.createTempDirectory("hotpatch-corpus");
        List<ReleaseResult> results = new ArrayList<>();
        try {
            ReleaseTrial trial = new ReleaseTrial(
                    MavenArtifacts.fromEnvironment(environment),
                    MavenDependencies.fromEnvironment(environment),
                    chosen,
                    scratch);
            say(Report.head());
            for (Release release : releases) {
                ReleaseResult result = trial.run(release);
                results.add(result);
                say(Report.text(result));
            }
        } finally {
            Folders.delete(scratch);
        }
        say(Report.total(results, chosen.stream().map(Jdk::toString).collect(Collectors.joining(" and "))));
        if (json) {
            System.out.println(new String(JsonWriter.pretty(Report.json(results)), StandardCharsets.UTF_8));
        }
        return results.stream().anyMatch(ReleaseResult::isWrong) ? 1 : 0;
    }

    private void say(String text) {
        if (json) {
            System.err.println(text);
        } else {
            System.out.println(text);
        }
    }
}
