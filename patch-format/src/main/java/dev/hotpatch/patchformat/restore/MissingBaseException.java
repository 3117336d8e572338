package dev.hotpatch.patchformat.restore;

import java.io.IOException;

/** What a delta is to be applied to is not on this machine. */
public final class MissingBaseException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingBaseException(String message) {
        super(message);
    }
}
