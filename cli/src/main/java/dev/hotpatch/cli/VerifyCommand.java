package dev.hotpatch.cli;

import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hotpatch verify}. */
@Command(
        name = "verify",
        description =
                "Check all that a node checks before it applies a patch: signatures, repository, plan, every class file.")
final class VerifyCommand extends Verb {
    @Mixin
    private PatchFlags patchFlags = new PatchFlags();

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException, VerificationException {
        try (Registry registry = registryFlags.open(terminal())) {
            PatchLocation location = patchFlags.find(registry);
            StoredPatch stored = patchFlags.fetch(location);
            Path scratch = Files.createTempDirectory("hotpatch-verify");
            try {
                var unused = stored.saveAll(location.store(), scratch);
            } finally {
                ScratchFolder.delete(scratch);
            }
            report(stored);
        }
        return ExitCode.OK;
    }

    private void report(StoredPatch stored) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("patch", stored.patch().digest().toString());
            result.put("repository", stored.verified().repository());
            result.put("keyIds", List.copyOf(stored.verified().keyIds()));
            result.put("verdict", stored.patch().plan().verdict().word());
            terminal().json("Verification", result);
        } else {
            terminal()
                    .result("verified " + stored.patch().digest() + " for "
                            + stored.verified().repository() + ", signed by "
                            + String.join(", ", stored.verified().keyIds()));
        }
    }
}
