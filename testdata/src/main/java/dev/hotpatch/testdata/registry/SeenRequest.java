package dev.hotpatch.testdata.registry;

import java.util.Locale;
import java.util.Map;

/**
 * A request as it reached the registry.
 *
 * @param method upper case
 * @param path still escaped, without the query
 * @param query still escaped; empty if there is none
 * @param headers the first value of each, by lower-case name
 */
public record SeenRequest(String method, String path, String query, Map<String, String> headers) {
    public SeenRequest {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header, or the empty string. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Without the headers, which may hold credentials. */
    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}
