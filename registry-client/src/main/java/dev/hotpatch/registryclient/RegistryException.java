package dev.hotpatch.registryclient;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A registry, or the way to it, failed; the message says what was asked of which registry and what came back. */
public class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration retryAfter;

    public RegistryException(String message) {
        this(message, 0, null);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
        status = 0;
        retryAfter = null;
    }

    /**
     * An answer that is not the wished one.
     *
     * @param status of HTTP, or 0
     * @param retryAfter what the answer said; null if nothing
     */
    public RegistryException(String message, int status, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status, or 0 if there was no answer or it was unusable for another reason. */
    public final int status() {
        return status;
    }

    /** How long the registry asked to wait. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the same request may have more success later: a busy registry, or a lost connection, but not one that is not trusted. */
    public final boolean temporary() {
        return switch (status) {
            case 0 ->
                getCause() instanceof IOException
                        && !(getCause() instanceof SSLHandshakeException)
                        && !(getCause() instanceof SSLPeerUnverifiedException);
            case 408, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
