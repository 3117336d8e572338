package dev.hotpatch.patchformat.live;

import java.io.IOException;

/** A live unit that is not as docs/patch-format.md says; the message says where. Nothing of it may be used. */
public final class LiveUnitException extends IOException {
    private static final long serialVersionUID = 1L;

    LiveUnitException(String message) {
        super(message);
    }
}
