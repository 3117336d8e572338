package dev.hotpatch.patchformat.layerdelta;

import java.io.IOException;

/** A layer delta that is damaged, was made for something else, or asks for more than is allowed. Nothing that came of it may be used. */
public final class LayerDeltaException extends IOException {
    private static final long serialVersionUID = 1;

    public LayerDeltaException(String message) {
        super(message);
    }

    public LayerDeltaException(String message, Throwable cause) {
        super(message, cause);
    }
}
