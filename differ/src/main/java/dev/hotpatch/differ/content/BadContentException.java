package dev.hotpatch.differ.content;

import java.io.IOException;

/** An image, an archive or a class that is not as it must be to be read safely; the message says where and why. */
public final class BadContentException extends IOException {
    private static final long serialVersionUID = 1L;

    public BadContentException(String message) {
        super(message);
    }

    public BadContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
