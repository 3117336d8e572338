package dev.hotpatch.registryclient;

/** The registry does not have it. */
public final class NotFoundException extends RegistryException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message, 404, null);
    }
}
