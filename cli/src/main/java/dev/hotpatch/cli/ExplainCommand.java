package dev.hotpatch.cli;

import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.PlanJson;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private PlanningFlags planning = new PlanningFlags();

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException {
        try (Registry registry = registryFlags.open(terminal())) {
            if (operands.size() == 1) {
                planning.refuseForAPatch();
                PatchLocation location = PatchLocation.find(operands.get(0), registry);
                Patch patch = StoredPatch.unverified(location.store(), location.digest());
                return report(patch.plan(), Optional.of(patch));
            }
            try (PlannedPatch planned = planning.plan(operands.get(0), operands.get(1), registry, terminal())) {
                return report(planned.plan(), Optional.empty());
            }
        }
    }

    private int report(PatchPlan plan, Optional<Patch> patch) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>(PlanPrinter.json(plan, patch));
            result.put("plan", PlanJson.write(plan));
            terminal().json("Plan", result);
        } else {
            PlanPrinter.lines(plan, patch, planning.all()).forEach(terminal()::result);
        }
        return BuildCommand.exitCode(plan.verdict());
    }
}
