package dev.hotpatch.cli;

import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.store.LayoutPatchStore;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hotpatch pull}. */
@Command(
        name = "pull",
        description = {
            "Fetch a patch and verify it; nothing unverified is stored.",
            "With --live, only what a preloaded hook takes: -javaagent:hotpatch-jvm-agent.jar=patch=FILE"
        })
final class PullCommand extends Verb {
    @Mixin
    private PatchFlags patchFlags = new PatchFlags();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Store patch and signatures in this OCI layout.")
    private Path output = Path.of("");

    @Option(names = "--live", paramLabel = "FILE", description = "Store the live unit as this file.")
    private Path live = Path.of("");

    @Option(names = "--dry-run", description = "Fetch and verify, store nothing.")
    private boolean dryRun;

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException, VerificationException {
        if (output.toString().isEmpty() && live.toString().isEmpty()) {
            throw new VerbException(ExitCode.USAGE, "usage", "pull: say where to with --output DIR or --live FILE");
        }
        try (Registry registry = registryFlags.open(terminal())) {
            PatchLocation location = patchFlags.find(registry);
            StoredPatch stored = patchFlags.fetch(location);
            if (!dryRun) {
                save(location, stored);
            }
            report(stored.patch());
        }
        return ExitCode.OK;
    }

    private void save(PatchLocation location, StoredPatch stored) throws IOException {
        if (!live.toString().isEmpty()) {
            stored.saveLive(location.store(), live);
        }
        if (output.toString().isEmpty()) {
            return;
        }
        Path scratch = Files.createTempDirectory("hotpatch-pull");
        try {
            PatchContent content = stored.saveAll(location.store(), scratch);
            LayoutPatchStore target = new LayoutPatchStore(OciLayout.create(output));
            target.store(stored.patch(), content);
            for (SignatureArtifact signature : location.store().signatures(location.digest())) {
                target.store(location.digest(), signature);
            }
        } finally {
            ScratchFolder.delete(scratch);
        }
    }

    private void report(Patch pulled) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("patch", pulled.digest().toString());
            result.put("verdict", pulled.plan().verdict().word());
            result.put("size", pulled.liveSize());
            result.put("dryRun", dryRun);
            terminal().json("Pull", result);
        } else {
            terminal().result((dryRun ? "verified " : "pulled ") + pulled.digest());
        }
    }
}
