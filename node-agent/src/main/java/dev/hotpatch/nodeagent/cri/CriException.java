package dev.hotpatch.nodeagent.cri;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A container runtime that does not answer, or answers something else than CRI v1. */
public final class CriException extends IOException {
    private static final long serialVersionUID = 1L;

    public CriException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
