package dev.hotpatch.systemtests.programs;

import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.systemtests.programs.SourceCompiler.BadSourceException;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes patches of pairs, in folders of their own below one folder. For one thread; closing it deletes what is left. */
final class PairWorkshop implements AutoCloseable {
    private final Path folder;
    private final SourceCompiler compiler = new SourceCompiler();
    private int next;

    private PairWorkshop(Path folder) {
        this.folder = folder;
    }

    /** Makes one with its folder below the temporary one of this process. */
    static PairWorkshop open() throws IOException {
        return new PairWorkshop(Files.createTempDirectory("hotpatch-programs"));
    }

    SourceCompiler compiler() {
        return compiler;
    }

    /** Compiles and prepares. */
    PreparedPair prepare(ProgramPair pair) throws IOException, BadSourceException {
        return prepare(
                pair, compiler.compile(pair.before(), pair.release()), compiler.compile(pair.after(), pair.release()));
    }

    /** Prepares what was compiled already. */
    PreparedPair prepare(ProgramPair pair, Map<String, byte[]> before, Map<String, byte[]> after) throws IOException {
        Path place = Files.createDirectory(folder.resolve("p" + next++));
        Path old = write(place.resolve("old"), before);
        Path now = write(place.resolve("new"), after);
        Planner planner = new Planner(place, Limits.DEFAULT, 1, Progress.NONE);
        Platform any = Platform.parse("linux/amd64");
        try (PlannedPatch planned = planner.plan(Images.open(old.toString(), any), Images.open(now.toString(), any))) {
            PatchPlan plan = planned.plan();
            List<String> warnings = plan.warnings().stream()
                    .map(warning -> warning.where() + ": " + warning.reason().code())
                    .toList();
            if (!plan.verdict().isLive()) {
                return new PreparedPair(pair, place, Optional.empty(), "", plan.blocked(), warnings);
            }
            Path unit = PatchBuilder.build(planned, place).liveUnit().orElseThrow();
            String sha256 = Digest.of(Files.readAllBytes(unit)).hex();
            return new PreparedPair(pair, place, Optional.of(unit), sha256, plan.blocked(), warnings);
        }
    }

    /** Frees the space of a pair. */
    void discard(PreparedPair pair) throws IOException {
        delete(pair.folder());
    }

    private static Path write(Path target, Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = target.resolve(entry.getKey() + ".class");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, entry.getValue());
        }
        return target;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        compiler.close();
        delete(folder);
    }
}
