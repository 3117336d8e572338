package dev.hotpatch.patchformat.oci;

import java.io.IOException;

/** Content that is not what its descriptor promises: it was altered, cut short or mixed up on the way. */
public final class DigestMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public DigestMismatchException(String message) {
        super(message);
    }
}
