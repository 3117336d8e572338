package dev.hotpatch.cli;

import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A patch that is used only once it is verified. */
final class PatchFlags {
    @Parameters(paramLabel = "PATCH", description = "REPO:TAG, REPO@DIGEST or oci:DIR[:TAG].")
    private String patch = "";

    @Option(
            names = "--repository",
            paramLabel = "REPO",
            description = "The repository that the signature must name; default: where the patch lies.")
    private String repository = "";

    @Mixin
    private TrustFlags trust = new TrustFlags();

    PatchLocation find(Registry registry) throws IOException, VerbException {
        return PatchLocation.find(patch, registry);
    }

    /** Reads and verifies the patch. */
    StoredPatch fetch(PatchLocation location) throws IOException, VerbException, VerificationException {
        return StoredPatch.fetch(location.store(), trust.verifier(), location.signedFor(repository), location.digest());
    }
}
