package dev.hotpatch.cli;

import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.KeyFiles;
import dev.hotpatch.patchformat.trust.TrustedKey;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.Verifier;
import dev.hotpatch.registryclient.patch.RegistryPatchStore;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.registry.Registry;
import dev.hotpatch.registryclient.registry.RemoteImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch catalogue}. */
@Command(
        name = "catalogue",
        description = "See which patches there are.",
        subcommands = {CatalogueCommand.ListPatches.class},
        synopsisSubcommandLabel = "list")
final class CatalogueCommand {
    /** {@code hotpatch catalogue list}. */
    @Command(name = "list", description = "List the patches for an image.")
    static final class ListPatches extends Verb {
        @Parameters(paramLabel = "IMAGE", description = "The base image: REPO:TAG or REPO@DIGEST.")
        private String image = "";

        @Option(
                names = "--key",
                paramLabel = "FILE",
                split = ",",
                description = "Public keys; each patch is verified with them, and the outcome shown.")
        private List<Path> keys = List.of();

        @Option(
                names = "--platform",
                paramLabel = "OS/ARCH",
                description = "Which image of an index; default: this machine's.")
        private String platform = "";

        @Mixin
        private RegistryFlags registryFlags = new RegistryFlags();

        @Override
        public Integer call() throws IOException, VerbException {
            ImageReference reference = PatchLocation.reference(image);
            List<TrustedKey> trusted = new ArrayList<>();
            for (Path file : keys) {
                trusted.addAll(KeyFiles.readPublic(file));
            }
            try (Registry registry = registryFlags.open(terminal())) {
                Image base = RemoteImage.open(registry, reference, Sources.platform(platform));
                RegistryPatchStore store = new RegistryPatchStore(registry, reference.repository());
                List<Map<String, Object>> rows = new ArrayList<>();
                for (Manifest manifest : store.patchesFor(base.manifest().digest())) {
                    rows.add(row(store, manifest, trusted));
                }
                report(base, rows);
            }
            return ExitCode.OK;
        }

        private static Map<String, Object> row(RegistryPatchStore store, Manifest manifest, List<TrustedKey> trusted)
                throws IOException {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("patch", manifest.digest().toString());
            row.put("tag", Patch.tag(manifest.digest()));
            row.put("target", manifest.annotations().getOrDefault("dev.hotpatch.target.digest", ""));
            row.put(
                    "size",
                    manifest.layers().stream().mapToLong(layer -> layer.size()).sum());
            if (!trusted.isEmpty()) {
                try {
                    StoredPatch.fetch(store, new Verifier(trusted, 1), store.name(), manifest.digest());
                    row.put("verification", "ok");
                } catch (VerificationException e) {
                    row.put("verification", e.reason().word());
                }
            }
            return row;
        }

        private void report(Image base, List<Map<String, Object>> rows) {
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("image", image);
                result.put("base", base.manifest().digest().toString());
                result.put("patches", rows);
                terminal().json("PatchList", result);
                return;
            }
            if (rows.isEmpty()) {
                terminal()
                        .log("no patches for " + image + " (" + base.manifest().digest() + ")");
            }
            for (Map<String, Object> row : rows) {
                terminal()
                        .result(row.get("patch") + "  " + row.get("size") + " bytes  → " + row.get("target")
                                + (row.containsKey("verification") ? "  " + row.get("verification") : ""));
            }
        }
    }
}
