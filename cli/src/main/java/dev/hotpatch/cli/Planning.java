package dev.hotpatch.cli;

import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.only.CodePattern;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How {@code build} and {@code explain} come to a plan. */
final class Planning {
    private Planning() {}

    private static PlannedPatch withEffects(PlannedPatch planned, List<Path> effects) throws IOException {
        try {
            return planned.withUserEffects(effects);
        } catch (IOException | RuntimeException e) {
            planned.close();
            throw e;
        }
    }

    /** The caller closes the plan. */
    static PlannedPatch plan(
            String base,
            String target,
            String platform,
            List<String> only,
            List<Path> effects,
            Registry registry,
            Terminal terminal)
            throws IOException, VerbException {
        Platform wanted = Sources.platform(platform);
        Planner planner = new Planner(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                Limits.DEFAULT,
                Runtime.getRuntime().availableProcessors(),
                (step, done, total) -> terminal.progress(step + "  " + done + " / " + total));
        try {
            List<CodePattern> patterns = only.stream().map(CodePattern::parse).toList();
            PlannedPatch planned = planner.plan(
                    Sources.open(base, registry, wanted), Sources.open(target, registry, wanted), patterns);
            return effects.isEmpty() || !planned.plan().verdict().isLive() ? planned : withEffects(planned, effects);
        } catch (IllegalArgumentException e) {
            throw new VerbException(ExitCode.USAGE, "usage", e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
