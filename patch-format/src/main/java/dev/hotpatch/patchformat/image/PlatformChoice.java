package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Platform;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Which manifest of an index is meant. */
public final class PlatformChoice {
    private static final Platform UNKNOWN = new Platform("unknown", "unknown", "");

    private PlatformChoice() {}

    /**
     * The first entry for {@code wanted}; attestations, which builders list under the platform unknown/unknown, are passed over. An
     * entry without a platform counts only if it is alone.
     *
     * @throws NoSuchFileException if there is none; names those that there are
     */
    public static Descriptor choose(Index index, Platform wanted, String name) throws NoSuchFileException {
        List<String> others = new ArrayList<>();
        List<Descriptor> images = index.manifests().stream()
                .filter(entry -> entry.platform()
                        .map(platform -> !platform.equals(UNKNOWN))
                        .orElse(true))
                .toList();
        for (Descriptor entry : images) {
            if (entry.platform().map(platform -> platform.satisfies(wanted)).orElse(images.size() == 1)) {
                return entry;
            }
            others.add(entry.platform().map(Platform::toString).orElse("no platform"));
        }
        throw new NoSuchFileException(
                name, null, "has no image for " + wanted + ", only for " + others + "; choose one with --platform");
    }
}
