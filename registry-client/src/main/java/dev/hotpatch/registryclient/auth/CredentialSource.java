package dev.hotpatch.registryclient.auth;

import dev.hotpatch.registryclient.reference.Repository;
import java.io.IOException;
import java.util.Optional;

/** Finds the credential for a repository. Called from any thread. */
@FunctionalInterface
public interface CredentialSource {
    /** The credential, or empty to go on as an anonymous user. */
    Optional<Credential> find(Repository repository) throws IOException;

    static CredentialSource anonymous() {
        return repository -> Optional.empty();
    }

    /** The same user everywhere: for a command that talks to one registry. */
    static CredentialSource password(String user, String password) {
        Optional<Credential> credential = Optional.of(new Credential.Password(user, password));
        return repository -> credential;
    }

    /** What {@code docker login} and {@code podman login} left behind, as {@link DockerConfig} finds it. */
    static CredentialSource ofThisUser() {
        return new DockerConfig(System.getenv(), System.getProperty("user.home", "/"), new CredentialProcess());
    }
}
