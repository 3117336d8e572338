package dev.hotpatch.cli;

import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.nodeagent.attach.AttachException;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Releases;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies a patch to the base's classes in JVMs made for it, before anything is stored or signed. For one thread. */
final class JdkCheck {
    /** For each of the two JVMs that are started per JDK. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?([0-9]{1,3})");

    private final PlannedPatch planned;
    private final Path folder;

    /**
     * A check.
     *
     * @param folder for temporary files, deleted by whoever made it
     */
    JdkCheck(PlannedPatch planned, Path folder) {
        this.planned = planned;
        this.folder = folder;
    }

    /**
     * What was tried.
     *
     * @param jdk as it was named
     * @param version that it says it has
     * @param redefined classes that were loaded from the base, patched, put back and patched again
     * @param added new classes that were linked
     * @param excused classes that do not load or link without what the image does not have
     */
    record Result(String jdk, String version, int redefined, int added, int excused) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("jdk", jdk);
            json.put("version", version);
            json.put("redefined", redefined);
            json.put("new", added);
            json.put("excused", excused);
            return json;
        }
    }

    /** The launcher of a JDK, which may be named by its folder or by the launcher itself. */
    static Path launcher(Path jdk) throws VerbException {
        Path launcher = Files.isDirectory(jdk) ? jdk.resolve("bin/java") : jdk;
        if (!Files.isExecutable(launcher)) {
            throw new VerbException(
                    ExitCode.USAGE, "usage", "--check-jdk " + jdk + ": no JDK, " + launcher + " is not there");
        }
        return launcher;
    }

    /**
     * Tries the patch on each.
     *
     * @throws VerbException if one refuses it; says which class and why
     */
    List<Result> run(List<Path> jdks) throws IOException, VerbException {
        Path unit = folder.resolve("trial.zip");
        PatchBuilder.writeLiveUnit(planned.forTrial(), unit);
        Path hook = HookJar.embedded().writeTo(folder.resolve("hook.jar"));
        String classPath = Stream.concat(
                        planned.extractBase(Files.createDirectory(folder.resolve("base"))).stream(), Stream.of(hook))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<Result> results = new ArrayList<>();
        for (Path jdk : jdks) {
            results.add(run(jdk, unit, hook, classPath));
        }
        return results;
    }

    private Result run(Path jdk, Path unit, Path hook, String classPath) throws IOException, VerbException {
        List<String> all = names(release -> true, Decision.REDEFINE, Decision.LIFT);
        Map<String, List<String>> before = jvm(jdk, List.of(), classPath, List.of("link", names("old", all)));
        String version = String.join("", before.getOrDefault("java", List.of()));
        Predicate<Releases> here = releases -> releases.has(release(version));
        List<String> old = names(here, Decision.REDEFINE, Decision.LIFT);
        List<String> added = names(here, Decision.NEW_CLASS);
        List<String> linked = new ArrayList<>(before.getOrDefault("linked", List.of()));
        linked.retainAll(new HashSet<>(old));
        Map<String, List<String>> lines = jvm(
                jdk,
                List.of("-javaagent:" + hook),
                classPath,
                List.of(
                        "apply",
                        names("linked", linked),
                        names("new", added),
                        unit.toString(),
                        Digest.of(Files.readAllBytes(unit)).hex()));
        for (String state : lines.getOrDefault("state", List.of())) {
            refuseUnlessDone(jdk, state);
        }
        for (String failed : lines.getOrDefault("failed", List.of())) {
            throw refusal(jdk, failed.replaceFirst("\t", " does not link: "));
        }
        if (!lines.containsKey("end")) {
            throw refusal(jdk, "the JVM ended early: " + String.join(" | ", lines.getOrDefault("", List.of())));
        }
        Set<String> excused = new HashSet<>(old);
        linked.forEach(excused::remove);
        lines.getOrDefault("excused", List.of()).forEach(line -> excused.add(line.split("\t", 2)[0]));
        int good = (int) linked.stream().filter(name -> !excused.contains(name)).count();
        int news = (int) added.stream().filter(name -> !excused.contains(name)).count();
        return new Result(jdk.toString(), version, good, news, excused.size());
    }

    private static void refuseUnlessDone(Path jdk, String line) throws VerbException {
        String[] parts = line.split("\t", 2);
        try {
            HookState state = HookState.parse(parts[1]);
            if (state.phase() != HookState.Phase.DONE) {
                String step = switch (parts[0]) {
                    case "apply" -> "applying it";
                    case "rollback" -> "taking it out";
                    default -> "applying it again";
                };
                throw refusal(jdk, step + ": " + state.code() + ": " + state.message());
            }
        } catch (AttachException e) {
            throw refusal(jdk, "the hook says what is not understood: " + parts[1]);
        }
    }

    private static VerbException refusal(Path jdk, String what) {
        return new VerbException(
                ExitCode.CANNOT_GO_LIVE,
                "jdk-check-failed",
                "the patch fails on " + jdk + ": " + what + ". Nothing was written; leave the class out with --only,"
                        + " or restart with the target image, and please report it");
    }

    /** The feature release in what {@code java.version} says: 17.0.9, 26-ea, or 1.8.0_392. */
    private static int release(String version) {
        Matcher matcher = FEATURE.matcher(version);
        return matcher.lookingAt()
                ? Integer.parseInt(matcher.group(1))
                : Runtime.version().feature();
    }

    private List<String> names(Predicate<Releases> releases, Decision first, Decision... more) {
        Set<Decision> wanted = new HashSet<>(List.of(more));
        wanted.add(first);
        return planned.plan()
                .classes()
                .filter(change -> wanted.contains(change.decision()) && releases.test(change.releases()))
                .filter(change -> change.decision() != Decision.NEW_CLASS
                        || !change.units().isEmpty())
                .map(ClassChange::name)
                .map(name -> name.replace('/', '.'))
                .distinct()
                .toList();
    }

    private String names(String file, List<String> names) throws IOException {
        return Files.write(folder.resolve(file + ".txt"), names).toString();
    }

    /** What the JVM says: the rest of each line, by its first word. */
    private Map<String, List<String>> jvm(Path jdk, List<String> options, String classPath, List<String> arguments)
            throws IOException, VerbException {
        List<String> command = new ArrayList<>(List.of(
                launcher(jdk).toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true"));
        command.addAll(options);
        command.add("dev.hotpatch.jvmagent.trial.Trial");
        command.addAll(arguments);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        // Longer than a command line may be, it still fits here.
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw refusal(jdk, "the JVM has not ended after " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a patch was tried", e);
        } finally {
            process.destroyForcibly();
        }
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            int tab = line.indexOf('\t');
            lines.computeIfAbsent(tab < 0 ? "" : line.substring(0, tab), any -> new ArrayList<>())
                    .add(line.substring(tab + 1));
        }
        return lines;
    }
}
