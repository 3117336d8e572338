package dev.hotpatch.testdata.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may do what. */
interface Access {
    /** The challenge for somebody who may not, or empty for somebody who may. */
    Optional<String> challenge(Request request, Scope scope);

    /**
     * What a request is about.
     *
     * @param repository empty for requests that concern none
     */
    record Scope(String repository, boolean write) {}

    static Access open() {
        return (request, scope) -> Optional.empty();
    }

    static Access basic(Map<String, String> passwords) {
        return (request, scope) -> basicUser(request, passwords) == null
                ? Optional.of("Basic realm=\"in-process registry\"")
                : Optional.empty();
    }

    /** The user whose password the request carries; null for nobody. */
    static @Nullable String basicUser(Request request, Map<String, String> passwords) {
        String header = request.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = pair.indexOf(':');
        String user = colon < 0 ? pair : pair.substring(0, colon);
        return colon >= 0 && pair.substring(colon + 1).equals(passwords.get(user)) ? user : null;
    }
}
