package dev.hotpatch.cli;

import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch sign}. */
@Command(
        name = "sign",
        description = {
            "Sign a patch where it lies, for one repository.",
            "Both forms are written: the tag that cosign 2, skopeo and podman read, and the bundle that cosign 3 reads."
        })
final class SignCommand extends Verb {
    @Parameters(paramLabel = "PATCH", description = "REPO:TAG, REPO@DIGEST or oci:DIR[:TAG].")
    private String patch = "";

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The secret key.")
    private Path key = Path.of("");

    @Option(
            names = "--repository",
            paramLabel = "REPO",
            description = "The repository that the signature names; default: where the patch lies.")
    private String repository = "";

    @Option(names = "--dry-run", description = "Read everything, write nothing.")
    private boolean dryRun;

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException, VerificationException {
        Signing signing = Signing.with(key);
        try (Registry registry = registryFlags.open(terminal())) {
            PatchLocation location = PatchLocation.find(patch, registry);
            String signedFor = location.signedFor(repository);
            Patch read = StoredPatch.unverified(location.store(), location.digest());
            if (!dryRun) {
                signing.sign(location, read.manifest(), signedFor);
            }
            report(location, signedFor, signing);
        }
        return ExitCode.OK;
    }

    private void report(PatchLocation location, String signedFor, Signing signing) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("patch", location.digest().toString());
            result.put("repository", signedFor);
            result.put("keyId", signing.keyId());
            result.put("dryRun", dryRun);
            terminal().json("Signature", result);
        } else {
            terminal()
                    .result((dryRun ? "would sign " : "signed ") + location.digest() + " for " + signedFor
                            + " with key " + signing.keyId());
        }
    }
}
