package dev.hotpatch.registryclient.auth;

import java.io.IOException;
import java.util.Optional;

/** What Docker calls a credential helper: a program that keeps credentials, outside the configuration file. */
@FunctionalInterface
interface CredentialHelper {
    /** What {@code docker-credential-<name>} knows of {@code server}. */
    Optional<Credential> get(String name, String server) throws IOException;
}
