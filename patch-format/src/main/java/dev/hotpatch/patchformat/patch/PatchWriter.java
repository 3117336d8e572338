package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.PlanJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a patch of a plan and what it consists of; the same arguments always give the same bytes. */
public final class PatchWriter {
    static final String CREATED = "org.opencontainers.image.created";
    static final String BASE = "dev.hotpatch.base.digest";
    static final String TARGET = "dev.hotpatch.target.digest";
    static final int FORMAT_VERSION = 1;

    /** Not the time of the build, which would make every build another patch. */
    private static final String FIXED_TIME = "1980-01-01T00:00:00Z";

    private PatchWriter() {}

    /**
     * Writes config and manifest.
     *
     * @param base the base image's platform manifest; absent for a library patch
     * @param contents digests and sizes; the media types are set here
     * @throws IllegalArgumentException if these do not go together
     */
    public static Patch write(PatchPlan plan, Optional<Descriptor> base, PatchContents contents) {
        if (base.isPresent() != (plan.base().kind() == Origin.Kind.IMAGE)) {
            throw new IllegalArgumentException("an image patch, and no other, has the base image as its subject");
        }
        if (contents.live().isPresent() != plan.verdict().isLive()) {
            throw new IllegalArgumentException(
                    "verdict " + plan.verdict() + " and live unit " + contents.live() + " do not go together");
        }
        LayerAgreement.check(plan, contents);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.putAll(PlanJson.write(plan));
        byte[] config = JsonWriter.compact(json);
        Manifest manifest = Manifest.create(
                Optional.of(MediaTypes.PATCH),
                Descriptor.of(MediaTypes.PATCH, config),
                contents.layers(),
                base.map(image -> Descriptor.of(image.mediaType(), image.digest(), image.size())),
                annotations(plan.base().digest(), plan.target().digest()));
        return new Patch(manifest, config, plan, contents);
    }

    private static Map<String, String> annotations(Digest base, Digest target) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(CREATED, FIXED_TIME);
        annotations.put(BASE, base.toString());
        annotations.put(TARGET, target.toString());
        return annotations;
    }
}
