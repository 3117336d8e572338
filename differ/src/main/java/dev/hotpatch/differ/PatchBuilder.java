package dev.hotpatch.differ;

import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.LiveIndexOfPlan;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Executes a plan. */
public final class PatchBuilder {
    private PatchBuilder() {}

    /**
     * Makes the patch; the same plan always gives the same bytes.
     *
     * @param liveUnit where the live unit is written to, whole or not at all; nothing is written if nothing can go live
     */
    public static Patch build(PlannedPatch planned, Path liveUnit) throws IOException {
        Optional<Descriptor> live =
                planned.plan().verdict().isLive() ? Optional.of(writeLiveUnit(planned, liveUnit)) : Optional.empty();
        return PatchWriter.write(planned.plan(), planned.base(), live);
    }

    private static Descriptor writeLiveUnit(PlannedPatch planned, Path target) throws IOException {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        MessageDigest sha256 = Digest.sha256();
        try {
            try (OutputStream out =
                    new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)), sha256)) {
                LiveUnitWriter.write(LiveIndexOfPlan.of(planned.plan()), planned::classFile, out);
            }
            Descriptor live = Descriptor.of(MediaTypes.LIVE, Digest.finish(sha256), Files.size(partial));
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return live;
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
