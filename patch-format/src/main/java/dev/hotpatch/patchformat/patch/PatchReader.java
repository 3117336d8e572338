package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.PlanReader;
import java.util.Optional;
import java.util.Set;

/** Reads a patch from bytes that anybody may have made. */
public final class PatchReader {
    /** Larger configs are refused. */
    public static final int MAX_CONFIG = 64 << 20;

    private PatchReader() {}

    /**
     * Says whether a manifest is one of a patch at all.
     *
     * @throws JsonException if not, with what it is instead; or if its config is larger than what {@link #read} takes
     */
    public static void expectPatch(Manifest manifest) throws JsonException {
        if (!manifest.artifactType().equals(Optional.of(MediaTypes.PATCH))
                || !manifest.config().mediaType().equals(MediaTypes.PATCH)) {
            throw new JsonException(
                    "manifest " + manifest.digest() + " is not a patch but " + manifest.effectiveArtifactType());
        }
        if (manifest.config().size() > MAX_CONFIG) {
            throw new JsonException("patch " + manifest.digest() + ": the config has "
                    + manifest.config().size() + " bytes, at most " + MAX_CONFIG + " are read");
        }
    }

    /** Reads manifest and config; the live unit's bytes are not needed. */
    public static Patch read(Manifest manifest, byte[] config) throws JsonException {
        expectPatch(manifest);
        if (!Digest.of(config).equals(manifest.config().digest())) {
            throw new JsonException(
                    "patch config: expected digest " + manifest.config().digest() + ", found " + Digest.of(config));
        }
        JsonObject json = JsonObject.parse(config, "patch config");
        json.number("formatVersion", PatchWriter.FORMAT_VERSION, PatchWriter.FORMAT_VERSION);
        json.onlyFields(Set.of(
                "formatVersion",
                "base",
                "target",
                "verdict",
                "only",
                "changedLayers",
                "units",
                "keep",
                "files",
                "effects",
                "layers"));
        PatchPlan plan = PlanReader.read(json);
        Patch patch = new Patch(manifest, config.clone(), plan, PatchContents.read(manifest));
        checkAgreement(patch);
        return patch;
    }

    private static void checkAgreement(Patch patch) throws JsonException {
        PatchPlan plan = patch.plan();
        Manifest manifest = patch.manifest();
        if (patch.live().isPresent() != plan.verdict().isLive()) {
            throw new JsonException("patch: the verdict " + plan.verdict().word() + " and "
                    + manifest.layers().size() + " layers do not go together");
        }
        try {
            LayerAgreement.check(plan, patch.contents());
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch: " + e.getMessage());
        }
        boolean image = plan.base().kind() == Origin.Kind.IMAGE;
        Optional<Digest> subject = manifest.subject().map(Descriptor::digest);
        if (!subject.equals(image ? Optional.of(plan.base().digest()) : Optional.empty())) {
            throw new JsonException("patch: the manifest's subject is " + subject + ", the config's base is "
                    + plan.base().digest());
        }
        expectAnnotation(manifest, PatchWriter.BASE, plan.base().digest());
        expectAnnotation(manifest, PatchWriter.TARGET, plan.target().digest());
    }

    private static void expectAnnotation(Manifest manifest, String key, Digest expected) throws JsonException {
        String found = manifest.annotations().get(key);
        if (!expected.toString().equals(found)) {
            throw new JsonException(
                    "patch manifest.annotations." + key + ": expected " + expected + ", found " + found);
        }
    }

    /**
     * Checks that a live unit does what the plan says, no more and no less.
     *
     * @throws JsonException if not
     */
    public static void expectAgreement(PatchPlan plan, LiveIndex index) throws JsonException {
        try {
            if (LiveIndexOfPlan.of(plan).equals(index)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch config: " + e.getMessage());
        }
        throw new JsonException("patch: the live unit's index is not the one that the plan in the config gives");
    }
}
