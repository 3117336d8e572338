package dev.hotpatch.cli;

import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import dev.hotpatch.registryclient.patch.RegistryPatchStore;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch push}. */
@Command(
        name = "push",
        description = "Push a patch from an OCI layout, with its signatures, to the repository of its base image.")
final class PushCommand extends Verb {
    @Parameters(index = "0", paramLabel = "oci:DIR[:TAG]", description = "The patch.")
    private String patch = "";

    @Parameters(index = "1", paramLabel = "REPO", description = "Where to, without tag: registry/repo.")
    private String repository = "";

    @Option(names = "--dry-run", description = "Read everything, send nothing.")
    private boolean dryRun;

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException {
        if (!PatchLocation.isLayout(patch)) {
            throw new VerbException(ExitCode.USAGE, "usage", patch + ": push takes a patch from oci:DIR[:TAG]");
        }
        ImageReference target = PatchLocation.reference(repository);
        try (Registry registry = registryFlags.open(terminal())) {
            PatchLocation location = PatchLocation.find(patch, registry);
            Patch read = StoredPatch.unverified(location.store(), location.digest());
            List<SignatureArtifact> signatures = location.store().signatures(location.digest());
            if (signatures.isEmpty()) {
                terminal()
                        .log("warning: " + read.digest() + " is not signed; nodes refuse it until hotpatch sign "
                                + target + "@" + read.digest());
            }
            if (!dryRun) {
                RegistryPatchStore store = new RegistryPatchStore(registry, target.repository());
                for (SignatureArtifact signature : signatures) {
                    store.push(read.digest(), signature);
                }
                // The patch last: a node must not find it without its signatures.
                store.push(read, location.store()::open);
            }
            report(target.repository() + "@" + read.digest(), signatures.size());
        }
        return ExitCode.OK;
    }

    private void report(String reference, int signatures) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("reference", reference);
            result.put("signatures", signatures);
            result.put("dryRun", dryRun);
            terminal().json("Push", result);
        } else {
            terminal().result((dryRun ? "would push " : "pushed ") + reference);
        }
    }
}
