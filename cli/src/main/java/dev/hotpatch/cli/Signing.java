package dev.hotpatch.cli;

import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.trust.KeyFiles;
import dev.hotpatch.patchformat.trust.PatchSigner;
import dev.hotpatch.patchformat.trust.SigningKey;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** Signs a patch where it lies, in both forms. */
final class Signing {
    private final SigningKey key;
    private final Instant time;

    private Signing(SigningKey key, Instant time) {
        this.key = key;
        this.time = time;
    }

    /** Reads a secret key; asks for its password if it has one. SOURCE_DATE_EPOCH, if set, is the time of signing. */
    static Signing with(Path keyFile) throws IOException, VerbException {
        SigningKey key = KeyFiles.readPrivate(keyFile, () -> Passwords.fromUser("Password of " + keyFile + ": "));
        return new Signing(key, time(Clock.systemUTC()));
    }

    private static Instant time(Clock clock) throws VerbException {
        String epoch = System.getenv("SOURCE_DATE_EPOCH");
        if (epoch == null || epoch.isEmpty()) {
            return clock.instant();
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(epoch));
        } catch (NumberFormatException e) {
            throw new VerbException(
                    ExitCode.USAGE, "usage", "SOURCE_DATE_EPOCH: expected seconds since 1970, found " + epoch);
        }
    }

    String keyId() {
        return key.publicKey().id();
    }

    void sign(PatchLocation location, Manifest patch, String repository) throws IOException, VerificationException {
        PatchSigner signer = new PatchSigner(key, "hotpatch/" + Version.number());
        location.add(signer.simpleSigning(repository, patch, time, location.simpleSigning()));
        location.add(signer.bundle(repository, patch));
    }
}
