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
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies a patch to the base's classes in JVMs made for it, before anything is stored or signed. For one thread; closing ends them. */
final class JdkCheck implements Closeable {
    private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?([0-9]{1,3})");

    private final PlannedPatch planned;
    private final List<Path> jdks;
    private final Path folder;
    private final Path hook;
    private final String classPath;

    /** The JVM that links the classes as they are, one for each JDK; the first runs while the live unit is written. */
    private final List<TrialJvm> linking = new ArrayList<>();

    private JdkCheck(PlannedPatch planned, List<Path> jdks, Path folder, Path hook, String classPath) {
        this.planned = planned;
        this.jdks = jdks;
        this.folder = folder;
        this.hook = hook;
        this.classPath = classPath;
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
     * Begins with what needs no live unit.
     *
     * @param jdks none for no check
     * @param folder for temporary files, deleted by whoever made it
     */
    static JdkCheck start(PlannedPatch planned, List<Path> jdks, Path folder) throws IOException, VerbException {
        if (jdks.isEmpty()) {
            return new JdkCheck(planned, jdks, folder, folder, "");
        }
        Path hook = HookJar.embedded().writeTo(folder.resolve("hook.jar"));
        String classPath = Stream.concat(
                        planned.extractBase(Files.createDirectory(folder.resolve("base"))).stream(), Stream.of(hook))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        JdkCheck check = new JdkCheck(planned, jdks, folder, hook, classPath);
        check.link(jdks.get(0));
        return check;
    }

    private void link(Path jdk) throws IOException, VerbException {
        List<String> all = names(release -> true, Decision.REDEFINE, Decision.LIFT);
        linking.add(TrialJvm.start(jdk, List.of(), classPath, List.of("link", names("old", all)), folder));
    }

    /**
     * Tries the patch on each.
     *
     * @param live the patch's live unit
     * @throws VerbException if one refuses it; says which class and why
     */
    List<Result> finish(Path live) throws IOException, VerbException {
        if (jdks.isEmpty()) {
            return List.of();
        }
        Path unit = live;
        PlannedPatch trial = planned.forTrial();
        if (!trial.plan().effects().equals(planned.plan().effects())) {
            unit = folder.resolve("trial.zip");
            PatchBuilder.writeLiveUnit(trial, unit);
        }
        List<Result> results = new ArrayList<>();
        for (Path jdk : jdks) {
            if (results.size() == linking.size()) {
                link(jdk);
            }
            results.add(run(jdk, linking.get(results.size()).lines(), unit));
        }
        return results;
    }

    @Override
    public void close() {
        linking.forEach(TrialJvm::close);
    }

    private Result run(Path jdk, Map<String, List<String>> before, Path unit) throws IOException, VerbException {
        String version = String.join("", before.getOrDefault("java", List.of()));
        Predicate<Releases> here = releases -> releases.has(release(version));
        List<String> old = names(here, Decision.REDEFINE, Decision.LIFT);
        List<String> added = names(here, Decision.NEW_CLASS);
        List<String> linked = new ArrayList<>(before.getOrDefault("linked", List.of()));
        linked.retainAll(new HashSet<>(old));
        List<String> arguments = List.of(
                "apply",
                names("linked", linked),
                names("new", added),
                unit.toString(),
                Digest.of(Files.readAllBytes(unit)).hex());
        Map<String, List<String>> lines;
        try (TrialJvm jvm = TrialJvm.start(jdk, List.of("-javaagent:" + hook), classPath, arguments, folder)) {
            lines = jvm.lines();
        }
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

    static VerbException refusal(Path jdk, String what) {
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
}
