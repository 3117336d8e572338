package dev.hotpatch.cli;

import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.nodeagent.attach.AttachException;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.Decision;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies a patch to the base's classes in JVMs made for it, before anything is stored or signed. For one thread; closing ends them. */
final class JdkCheck implements Closeable {
    private final PlannedPatch planned;
    private final List<Path> jdks;
    private final Path folder;
    private final Path hook;
    private final String classPath;

    /** The first JVM, until the patch is tried in it: it links the base's classes while the live unit is written. */
    private final List<TrialJvm> first = new ArrayList<>();

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
        check.first.add(check.jvm(jdks.get(0), check.changed()));
        return check;
    }

    private TrialJvm jvm(Path jdk, List<String> changed) throws IOException, VerbException {
        List<String> lists = List.of(file("changed", changed), file("new", names(Decision.NEW_CLASS)));
        return TrialJvm.start(jdk, hook, classPath, lists, folder);
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
        Digest digest = Digest.of(Files.readAllBytes(unit));
        List<Result> results = new ArrayList<>();
        for (Path jdk : jdks) {
            results.add(run(jdk, unit, digest));
        }
        return results;
    }

    @Override
    public void close() {
        first.forEach(TrialJvm::close);
    }

    private Result run(Path jdk, Path unit, Digest digest) throws IOException, VerbException {
        List<String> changed = changed();
        Set<String> excused = new HashSet<>();
        while (true) {
            Map<String, List<String>> lines;
            try (TrialJvm jvm = first.isEmpty() ? jvm(jdk, changed) : first.remove(0)) {
                lines = jvm.lines(unit, digest);
            }
            lines.getOrDefault("excused", List.of()).forEach(line -> excused.add(line.split("\t", 2)[0]));
            if (!lines.containsKey("again")) {
                return result(jdk, lines, excused.size());
            }
            // Fewer each time.
            Set<String> linked = new HashSet<>(lines.getOrDefault("linked", List.of()));
            changed = changed.stream()
                    .filter(line -> linked.contains(line.split("\t", 2)[0]))
                    .toList();
        }
    }

    private static Result result(Path jdk, Map<String, List<String>> lines, int excused) throws VerbException {
        for (String state : lines.getOrDefault("state", List.of())) {
            refuseUnlessDone(jdk, state);
        }
        for (String failed : lines.getOrDefault("failed", List.of())) {
            throw refusal(jdk, failed.replaceFirst("\t", " does not link: "));
        }
        List<String> good = lines.getOrDefault("good", List.of());
        if (!lines.containsKey("end") || good.isEmpty()) {
            throw refusal(jdk, "the JVM ended early: " + String.join(" | ", lines.getOrDefault("", List.of())));
        }
        String[] numbers = good.get(0).split("\t", 2);
        String version = String.join("", lines.getOrDefault("java", List.of()));
        return new Result(jdk.toString(), version, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), excused);
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

    private List<String> changed() {
        return names(Decision.REDEFINE, Decision.LIFT);
    }

    /** Classes, each with the releases of Java that it is decided so for. */
    private List<String> names(Decision first, Decision... more) {
        Set<Decision> wanted = EnumSet.of(first, more);
        return planned.plan()
                .classes()
                .filter(change -> wanted.contains(change.decision()))
                .filter(change -> change.decision() != Decision.NEW_CLASS
                        || !change.units().isEmpty())
                .map(change -> change.name().replace('/', '.') + "\t"
                        + change.releases().from() + "\t" + change.releases().until())
                .distinct()
                .toList();
    }

    private String file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name + ".txt"), lines).toString();
    }
}
