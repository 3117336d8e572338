package dev.hotpatch.cli;

import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.registryclient.registry.Registry;
import dev.hotpatch.registryclient.registry.RemoteImage;
import java.io.IOException;

/** What OLD and NEW may be, opened. */
final class Sources {
    private Sources() {}

    static Source open(String spec, Registry registry, Platform platform) throws IOException, VerbException {
        if (Images.isLocal(spec)) {
            return Images.open(spec, platform);
        }
        return new ImageSource(RemoteImage.open(registry, PatchLocation.reference(spec), platform));
    }

    /** The platform that a user named, or this machine's. */
    static Platform platform(String text) throws VerbException {
        try {
            return text.isEmpty() ? Platform.host() : Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new VerbException(ExitCode.USAGE, "usage", "--platform: " + e.getMessage());
        }
    }
}
