package dev.hotpatch.registryclient.auth;

/** What somebody knows or holds that a registry accepts. No {@code toString} shows a secret. */
public sealed interface Credential {
    /** A user name and a password or access token. */
    record Password(String user, String password) implements Credential {
        @Override
        public String toString() {
            return "password of " + user;
        }
    }

    /** An OAuth 2 refresh token, which the registry's token service exchanges. */
    record IdentityToken(String token) implements Credential {
        @Override
        public String toString() {
            return "identity token";
        }
    }

    /** A bearer token that the registry itself accepts. */
    record RegistryToken(String token) implements Credential {
        @Override
        public String toString() {
            return "registry token";
        }
    }
}
