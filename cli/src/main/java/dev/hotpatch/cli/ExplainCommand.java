package dev.hotpatch.cli;

import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.PlanJson;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch explain}. */
@Command(
        name = "explain",
        description = {
            "Say what becomes of every class and file: between OLD and NEW, or in a patch.",
            "Exit code 6 if it cannot go live."
        })
final class ExplainCommand extends Verb {
    @Parameters(
            arity = "1..2",
            paramLabel = "OLD NEW | PATCH",
            description = {
                "Images: registry/repo:tag, registry/repo@sha256:…, oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE;",
                "libraries: a .jar, a .war or a folder. Or one patch: REPO:TAG, REPO@DIGEST, oci:DIR[:TAG]."
            })
    private List<String> operands = List.of();

    @Option(
            names = "--only",
            paramLabel = "CLASS[#METHOD]",
            description = {
                "Only this of NEW, with what it needs; repeatable.",
                "CLASS* for all that start so; METHOD by name, or NAME(DESCRIPTOR)."
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

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Which image of an index; default: this machine's.")
    private String platform = "";

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException {
        try (Registry registry = registryFlags.open(terminal())) {
            if (operands.size() == 1) {
                PatchLocation location = PatchLocation.find(operands.get(0), registry);
                Patch patch = StoredPatch.unverified(location.store(), location.digest());
                return report(patch.plan(), patch.liveSize());
            }
            try (PlannedPatch planned =
                    Planning.plan(operands.get(0), operands.get(1), platform, only, effects, registry, terminal())) {
                return report(planned.plan(), null);
            }
        }
    }

    private int report(PatchPlan plan, @Nullable Long live) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>(PlanPrinter.json(plan, live));
            result.put("plan", PlanJson.write(plan));
            terminal().json("Plan", result);
        } else {
            PlanPrinter.lines(plan, all).forEach(terminal()::result);
        }
        return BuildCommand.exitCode(plan.verdict());
    }
}
