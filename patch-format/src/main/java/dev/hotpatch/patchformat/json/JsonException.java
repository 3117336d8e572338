package dev.hotpatch.patchformat.json;

import java.io.IOException;

/** Foreign JSON that is not what its specification says; the message names the field, what was expected and what was found. */
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
