package dev.hotpatch.patchformat.restore;

import java.io.IOException;

/** A delta cannot be had from where the patch is. */
public final class MissingDeltaException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingDeltaException(String message, Throwable cause) {
        super(message, cause);
    }
}
