package dev.hotpatch.registryclient;

/** The registry, or its token service, said 401 or 403, or asks for something that must not be done. */
public final class NotAuthorisedException extends RegistryException {
    private static final long serialVersionUID = 1L;

    public NotAuthorisedException(String message, int status) {
        super(message, status, null);
    }
}
