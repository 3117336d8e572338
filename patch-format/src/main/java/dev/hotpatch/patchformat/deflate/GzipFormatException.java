package dev.hotpatch.patchformat.deflate;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that bytes are not the gzip file that they should be. */
public final class GzipFormatException extends IOException {
    private static final long serialVersionUID = 1;

    GzipFormatException(String message) {
        super(message);
    }

    GzipFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
