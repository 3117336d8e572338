package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request on its way to a handler; the body can be read once. */
record Request(SeenRequest seen, InputStream body) {
    String method() {
        return seen.method();
    }

    String path() {
        return seen.path();
    }

    Optional<String> header(String name) {
        return Optional.of(seen.header(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> parameter(String name) {
        return parameters(seen.query(), name).stream().findFirst();
    }

    List<String> parameters(String name) {
        return parameters(seen.query(), name);
    }

    /** The values of {@code name} in a query or a form. */
    static List<String> parameters(String form, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                values.add(decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** The whole body, if it has at most {@code max} bytes. */
    byte[] bytes(int max) throws IOException, RegistryError {
        byte[] bytes = body.readNBytes(max + 1);
        if (bytes.length > max) {
            throw RegistryError.of(413, "SIZE_INVALID", "more than " + max + " bytes");
        }
        return bytes;
    }

    /** A parameter that says how many entries a page may have. */
    int pageSize(int most) throws RegistryError {
        Optional<String> wanted = parameter("n");
        try {
            return wanted.isEmpty() ? most : Math.max(0, Math.min(most, Integer.parseInt(wanted.get())));
        } catch (NumberFormatException e) {
            throw RegistryError.of(400, "PAGINATION_NUMBER_INVALID", "n is not a number: " + wanted.get());
        }
    }

    boolean is(String... methods) {
        return List.of(methods).contains(method());
    }

    Request without(String header) {
        Map<String, String> rest = new java.util.HashMap<>(seen.headers());
        rest.remove(header.toLowerCase(java.util.Locale.ROOT));
        return new Request(new SeenRequest(seen.method(), seen.path(), seen.query(), rest), body);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
