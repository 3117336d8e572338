package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.differ.BuiltPatch;
import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.differ.only.CodePattern;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The patch from one jar (or folder of jars) to another, made as {@code hotpatch build} makes it.
 *
 * @param plan every class with its decision
 * @param liveUnit the file that goes into JVMs; absent if nothing can go live
 * @param buildTime for planning, compiling and writing, all in one
 */
public record LibraryPatch(PatchPlan plan, Optional<Path> liveUnit, Duration buildTime) {
    /**
     * Plans and builds.
     *
     * @param folder where the live unit and temporary files are written; whoever made it deletes it
     */
    public static LibraryPatch build(Path base, Path target, Path folder) throws IOException {
        return build(base, target, folder, List.of(), List.of());
    }

    /**
     * Plans and builds as with {@code --only} and {@code --effects}.
     *
     * @param only the classes and methods of the target that are taken; empty for all
     * @param effects jars or folders of classes, and JSON files
     */
    public static LibraryPatch build(Path base, Path target, Path folder, List<String> only, List<Path> effects)
            throws IOException {
        Path content = Files.createTempDirectory(folder, "patch");
        Planner planner =
                new Planner(folder, Limits.DEFAULT, Runtime.getRuntime().availableProcessors(), Progress.NONE);
        List<CodePattern> patterns = only.stream().map(CodePattern::parse).toList();
        long start = System.nanoTime();
        try (PlannedPatch planned = planner.plan(open(base), open(target), patterns)) {
            PlannedPatch whole = effects.isEmpty() ? planned : planned.withUserEffects(effects);
            BuiltPatch built = PatchBuilder.build(whole, content);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new LibraryPatch(whole.plan(), built.liveUnit(), time);
        }
    }

    private static Source open(Path library) throws IOException {
        return Images.open(library.toString(), Platform.host());
    }

    /** The live unit; for callers that cannot go on without one. */
    public Path liveUnitOrThrow() throws IOException {
        if (liveUnit.isEmpty()) {
            throw new IOException(
                    "nothing can go live, verdict " + plan.verdict().word() + ": " + plan.blocked());
        }
        return liveUnit.get();
    }

    /** Size of the live unit in bytes; 0 if there is none. */
    public long bytes() throws IOException {
        return liveUnit.isPresent() ? Files.size(liveUnit.get()) : 0;
    }
}
