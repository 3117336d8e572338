package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.util.regex.Pattern;

/**
 * What a signature says: this patch belongs into this repository. Without the repository, a patch that is right for one service
 * could be replayed to another.
 *
 * @param repository registry and path, without tag or digest: {@code reg.example:5000/ns/app}
 * @param patch digest of the patch's manifest
 */
record Claim(String repository, Digest patch) {
    static final int MAX_REPOSITORY = 512;
    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]+(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+");

    Claim {
        if (repository.length() > MAX_REPOSITORY
                || !REPOSITORY.matcher(repository).matches()) {
            throw new IllegalArgumentException(
                    "not a repository such as reg.example:5000/ns/app, without tag and digest: " + repository);
        }
    }

    /** A claim from outside. */
    static Claim read(String repository, String digest) throws VerificationException {
        try {
            return new Claim(repository, Digest.parse(digest));
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "signed payload: " + e.getMessage(), e);
        }
    }

    /** Refuses a signed claim that is not {@code this} one. */
    void require(Claim signed) throws VerificationException {
        if (!patch.equals(signed.patch)) {
            throw new VerificationException(
                    Reason.WRONG_DIGEST, "the signature is for " + signed.patch + ", the bytes received are " + patch);
        }
        if (!repository.equals(signed.repository)) {
            throw new VerificationException(
                    Reason.WRONG_REPOSITORY,
                    "the signature is for repository " + signed.repository + ", expected " + repository);
        }
    }
}
