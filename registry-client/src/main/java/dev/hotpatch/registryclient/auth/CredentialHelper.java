package dev.hotpatch.registryclient.auth;

import java.io.IOException;
import java.util.Optional;

/** A keeper of credentials outside the configuration file. */
@FunctionalInterface
interface CredentialHelper {
    /** What {@code docker-credential-<name>} knows of {@code server}. */
    Optional<Credential> get(String name, String server) throws IOException;
}
