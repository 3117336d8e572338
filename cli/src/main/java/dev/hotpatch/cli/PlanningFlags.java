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
import picocli.CommandLine.Option;

/** How {@code build} and {@code explain} come to a plan, and how much of it they show. */
final class PlanningFlags {
    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Which image of an index; default: this machine's.")
    private String platform = "";

    @Option(
            names = "--only",
            paramLabel = "CLASS[#METHOD]",
            description = {
                "Only this of NEW, with what it needs; repeatable.",
                "CLASS* for all that start so; METHOD by name, or NAME(PARAMETERS)."
            })
    private List<String> only = List.of();

    @Option(
            names = "--effects",
            paramLabel = "FILE",
            description = {
                "What is run in the JVM with the patch, repeatable: a jar or folder of classes with static apply(),",
                "probe() and rollback(), or a .json file of declarations (docs/operations.md)."
            })
    private List<Path> effects = List.of();

    @Option(names = "--all", description = "Show also what does not matter: noise and inert files, however many.")
    private boolean all;

    boolean all() {
        return all;
    }

    /** What a patch holds was decided when it was built. */
    void refuseForAPatch() throws VerbException {
        if (!only.isEmpty() || !effects.isEmpty()) {
            throw new VerbException(
                    ExitCode.USAGE, "usage", "explain: --only and --effects go with OLD and NEW, not with a patch");
        }
    }

    private static PlannedPatch withEffects(PlannedPatch planned, List<Path> effects) throws IOException {
        try {
            return planned.withUserEffects(effects);
        } catch (IOException | RuntimeException e) {
            planned.close();
            throw e;
        }
    }

    /** The caller closes the plan. */
    PlannedPatch plan(String base, String target, Registry registry, Terminal terminal)
            throws IOException, VerbException {
        Platform wanted = Sources.platform(platform);
        Planner planner = new Planner(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                Limits.DEFAULT,
                Runtime.getRuntime().availableProcessors(),
                terminal::progress);
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
