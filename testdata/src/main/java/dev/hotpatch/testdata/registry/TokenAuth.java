package dev.hotpatch.testdata.registry;

import java.time.Duration;
import java.util.Map;

/**
 * How the registry hands out bearer tokens.
 *
 * @param passwords by user; each user may do everything
 * @param identityToken accepted as an OAuth 2 refresh token; empty for none
 * @param anonymousPull whether somebody without a password gets tokens for pulling
 * @param field {@code token} or {@code access_token}
 * @param tellLifetime whether the answer has {@code expires_in}
 */
public record TokenAuth(
        Map<String, String> passwords,
        String identityToken,
        boolean anonymousPull,
        Duration lifetime,
        String field,
        boolean tellLifetime) {
    public TokenAuth {
        passwords = Map.copyOf(passwords);
    }

    /** One user, tokens that live for five minutes. */
    public static TokenAuth of(String user, String password) {
        return new TokenAuth(Map.of(user, password), "", false, Duration.ofMinutes(5), "token", true);
    }

    public TokenAuth withIdentityToken(String token) {
        return new TokenAuth(passwords, token, anonymousPull, lifetime, field, tellLifetime);
    }

    public TokenAuth withAnonymousPull() {
        return new TokenAuth(passwords, identityToken, true, lifetime, field, tellLifetime);
    }

    public TokenAuth withLifetime(Duration duration, boolean told) {
        return new TokenAuth(passwords, identityToken, anonymousPull, duration, field, told);
    }

    public TokenAuth withField(String name) {
        return new TokenAuth(passwords, identityToken, anonymousPull, lifetime, name, tellLifetime);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "TokenAuth[users=" + passwords.keySet() + "]";
    }
}
