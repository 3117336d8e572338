package dev.hotpatch.cli;

import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.restore.ImageRestore;
import dev.hotpatch.patchformat.restore.MissingBaseException;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hotpatch restore}. */
@Command(
        name = "restore",
        description = {
            "Make the target image of a patch from its base image and the patch's layer deltas, with its own digests.",
            "Layers without a delta are pulled in full. Nothing unverified is used, and no wrong layer is ever stored."
        })
final class RestoreCommand extends Verb {
    @Mixin
    private PatchFlags patchFlags = new PatchFlags();

    @Option(
            names = "--base",
            paramLabel = "SRC",
            required = true,
            description = "The base image: registry/repo:tag, registry/repo@sha256:…, oci:DIR[:TAG], oci-archive:FILE,"
                    + " docker-archive:FILE.")
    private String base = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Store the image in this OCI layout.")
    private Path output = Path.of("");

    @Option(names = "--tag", paramLabel = "TAG", description = "The image's tag in the layout.")
    private String tag = "";

    @Option(
            names = "--full",
            paramLabel = "REPO",
            description = "Where layers are pulled in full from; default: the repository in which the patch is.")
    private String full = "";

    @Option(
            names = "--exact",
            description = "Pull also those layers in full of which a delta gives the uncompressed content only.")
    private boolean exact;

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException, VerificationException {
        Path scratch = Files.createTempDirectory("hotpatch-restore");
        try (Registry registry = registryFlags.open(terminal())) {
            PatchLocation location = patchFlags.find(registry);
            StoredPatch stored = patchFlags.fetch(location);
            ImageRestore restore = new ImageRestore(
                    stored.patch(),
                    location.store()::open,
                    base(registry, stored.patch().plan().base().platform()),
                    fullLayers(registry, location),
                    scratch);
            terminal().progress("restoring " + stored.patch().plan().target().title());
            report(restore.to(OciLayout.create(output), tag.isEmpty() ? Optional.empty() : Optional.of(tag), exact));
            return ExitCode.OK;
        } catch (MissingBaseException e) {
            throw new VerbException(ExitCode.NOT_FOUND, "not-found", String.valueOf(e.getMessage()));
        } finally {
            ScratchFolder.delete(scratch);
        }
    }

    private Image base(Registry registry, Optional<Platform> platform) throws IOException, VerbException {
        Source source = Sources.open(base, registry, platform.orElse(Platform.host()));
        if (source instanceof ImageSource image) {
            return image.image();
        }
        throw new VerbException(ExitCode.USAGE, "usage", "--base " + base + ": expected an image, found a library");
    }

    private ImageRestore.FullLayers fullLayers(Registry registry, PatchLocation location) throws VerbException {
        if (full.isEmpty() && location.repository().isEmpty()) {
            return layer -> {
                throw new IOException("layer " + layer.digest() + " has to be pulled in full; say with --full REPO"
                        + " where the target image is");
            };
        }
        ImageReference reference = PatchLocation.reference(full.isEmpty() ? location.repository() : full);
        return layer -> open(registry, reference, layer);
    }

    private static InputStream open(Registry registry, ImageReference reference, Descriptor layer) throws IOException {
        return registry.blob(reference.repository(), layer);
    }

    private void report(ImageRestore.Restored restored) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("manifest", restored.manifest().digest().toString());
            result.put("exact", restored.exact());
            result.put(
                    "layers",
                    restored.layers().stream().map(RestoreCommand::json).toList());
            terminal().json("Restore", result);
            return;
        }
        for (ImageRestore.Outcome outcome : restored.layers()) {
            terminal()
                    .result(String.format(
                            Locale.ROOT,
                            "%-9s %s  %,d of %,d bytes fetched",
                            word(outcome.from()),
                            outcome.layer().digest(),
                            outcome.fetched(),
                            outcome.layer().size()));
        }
        terminal().result("restored  " + restored.manifest().digest());
        warn(restored);
    }

    private void warn(ImageRestore.Restored restored) {
        List<ImageRestore.Outcome> layers = restored.layers();
        layers.forEach(outcome -> outcome.trouble()
                .ifPresent(text -> terminal()
                        .log("warning: layer " + outcome.layer().digest()
                                + " was pulled in full, as its delta could not be used: " + text)));
        if (!restored.exact()) {
            terminal()
                    .log("warning: some layers came back uncompressed, so the manifest is not the target's; the config,"
                            + " which is the image's id, is. --exact pulls them in full");
        }
    }

    private static Map<String, Object> json(ImageRestore.Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("digest", outcome.layer().digest().toString());
        json.put("from", word(outcome.from()));
        json.put("size", outcome.layer().size());
        json.put("fetched", outcome.fetched());
        outcome.trouble().ifPresent(text -> json.put("trouble", text));
        return json;
    }

    private static String word(ImageRestore.From from) {
        return from.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
