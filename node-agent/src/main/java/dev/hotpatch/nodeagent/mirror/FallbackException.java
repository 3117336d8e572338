package dev.hotpatch.nodeagent.mirror;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A layer that cannot be rebuilt here. */
final class FallbackException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Fallback reason;

    FallbackException(Fallback reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Fallback reason() {
        return reason;
    }
}
