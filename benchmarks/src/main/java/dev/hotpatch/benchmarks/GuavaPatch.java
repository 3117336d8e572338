package dev.hotpatch.benchmarks;

import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.patch.LiveIndexOfPlan;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.UnitPlan;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What changes from guava 31.1 to 32.0.0 in method bodies only, cut down to a number of classes. Whoever made it closes it. */
final class GuavaPatch implements Closeable {
    static final String BASE = "31.1-jre";
    static final String TARGET = "32.0.0-jre";

    private final PlannedPatch planned;
    private final List<ClassChange> redefined;

    private GuavaPatch(PlannedPatch planned) {
        this.planned = planned;
        // Those first that the busy program uses, so that also the patch of one class replaces code that runs.
        this.redefined = planned.plan()
                .classes()
                .filter(change -> change.decision() == Decision.REDEFINE)
                .sorted(Comparator.comparing((ClassChange change) -> !BusyProgram.USED.contains(change.name()))
                        .thenComparing(ClassChange::name))
                .toList();
    }

    static GuavaPatch plan(Releases releases, Path temporary) throws IOException, InterruptedException {
        Planner planner = new Planner(
                temporary, Limits.DEFAULT, Runtime.getRuntime().availableProcessors(), (step, done, total) -> {});
        return new GuavaPatch(planner.plan(
                Images.open(releases.guava(BASE).toString(), Platform.host()),
                Images.open(releases.guava(TARGET).toString(), Platform.host())));
    }

    /** The names of the classes in a patch of {@code count} classes, as {@link Class#forName(String)} takes them. */
    List<String> names(int count) {
        return redefined.stream()
                .limit(count)
                .map(change -> change.name().replace('/', '.'))
                .toList();
    }

    /** A live unit that redefines {@code count} classes and nothing else. */
    byte[] liveUnit(int count) throws IOException {
        Set<ClassChange> chosen = new HashSet<>(redefined.subList(0, count));
        PatchPlan plan = planned.plan();
        List<UnitPlan> units = new ArrayList<>();
        for (UnitPlan unit : plan.units()) {
            List<ClassChange> classes =
                    unit.classes().stream().filter(chosen::contains).toList();
            units.add(new UnitPlan(unit.id(), unit.basePath(), unit.targetPath(), classes));
        }
        LiveIndex index = LiveIndexOfPlan.of(
                new PatchPlan(plan.base(), plan.target(), units, plan.keep(), List.of(), plan.changedLayers()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LiveUnitWriter.write(index, planned::classFile, out);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        planned.close();
    }
}
