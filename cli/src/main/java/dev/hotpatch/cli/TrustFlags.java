package dev.hotpatch.cli;

import dev.hotpatch.patchformat.trust.KeyFiles;
import dev.hotpatch.patchformat.trust.TrustedKey;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whose patches are trusted. */
final class TrustFlags {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            split = ",",
            description = "Public keys (PEM) that may sign patches; repeatable.")
    private List<Path> files = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many of the keys must have signed; default: ${DEFAULT-VALUE}.")
    private int threshold = 1;

    Verifier verifier() throws IOException, VerbException {
        List<TrustedKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.addAll(KeyFiles.readPublic(file));
        }
        try {
            return new Verifier(keys, threshold);
        } catch (IllegalArgumentException e) {
            throw new VerbException(ExitCode.USAGE, "usage", "--key, --threshold: " + e.getMessage());
        }
    }
}
