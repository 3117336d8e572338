package dev.hotpatch.registryclient.auth;

import java.util.Map;
import java.util.Optional;

/**
 * One way in which a server offers to be convinced (RFC 9110, section 11).
 *
 * @param scheme lower case: {@code basic}, {@code bearer}
 * @param parameters by lower-case name, without quotes; the first of each name counts
 */
record Challenge(String scheme, Map<String, String> parameters) {
    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
