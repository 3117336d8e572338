package dev.hotpatch.patchformat.trust;

import java.io.IOException;

/** A key that cannot be used: not in a form that is read here, too weak, or locked with another password. */
public final class KeyFileException extends IOException {
    private static final long serialVersionUID = 1L;

    KeyFileException(String message) {
        super(ForeignText.clean(message));
    }

    KeyFileException(String message, Throwable cause) {
        super(ForeignText.clean(message), cause);
    }
}
