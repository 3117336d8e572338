package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        return build(base, target, folder, List.of());
    }

    /**
     * Plans and builds with effects.
     *
     * @param effects names of classes that only the target has, with static methods {@code apply}, {@code probe} and {@code rollback}
     */
    public static LibraryPatch build(Path base, Path target, Path folder, List<String> effects) throws IOException {
        Path file = Files.createTempDirectory(folder, "patch").resolve("live.zip");
        Planner planner =
                new Planner(folder, Limits.DEFAULT, Runtime.getRuntime().availableProcessors(), Progress.NONE);
        long start = System.nanoTime();
        try (PlannedPatch planned = planner.plan(open(base), open(target))) {
            PatchBuilder.build(planned.withEffects(effects(planned.plan(), effects)), file);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new LibraryPatch(planned.plan(), Files.exists(file) ? Optional.of(file) : Optional.empty(), time);
        }
    }

    private static List<Effect> effects(PatchPlan plan, List<String> names) {
        return plan.classes()
                .filter(change -> change.decision() == Decision.NEW_CLASS
                        && names.contains(change.name().replace('/', '.')))
                .flatMap(change -> Stream.of(Effect.Kind.APPLY, Effect.Kind.PROBE, Effect.Kind.ROLLBACK)
                        .map(kind -> new Effect(kind, change.name(), kind.word(), change.units())))
                .toList();
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
