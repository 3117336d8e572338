package dev.hotpatch.registryclient.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request. {@link #toString} leaves out the headers, which may hold credentials, and the query, which may hold tokens.
 *
 * @param body empty for methods that have none
 */
public record Outgoing(String method, URI uri, Map<String, String> headers, Optional<Body> body) {
    /**
     * What is sent with a request; opened anew each time it is sent.
     *
     * @param length in bytes
     */
    public record Body(String contentType, long length, Source source) {
        public static Body of(String contentType, byte[] bytes) {
            return new Body(contentType, bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /** Opens the content; the stream is closed by the transport. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public Outgoing {
        headers = Map.copyOf(headers);
    }

    public static Outgoing get(URI uri) {
        return new Outgoing("GET", uri, Map.of(), Optional.empty());
    }

    public static Outgoing of(String method, URI uri) {
        boolean hasBody = !(method.equals("GET") || method.equals("HEAD") || method.equals("DELETE"));
        return new Outgoing(
                method,
                uri,
                Map.of(),
                hasBody ? Optional.of(Body.of("application/octet-stream", new byte[0])) : Optional.empty());
    }

    public Outgoing with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Outgoing(method, uri, all, body);
    }

    public Outgoing without(String header) {
        Map<String, String> rest = new LinkedHashMap<>(headers);
        rest.remove(header);
        return new Outgoing(method, uri, rest, body);
    }

    public Outgoing with(Body content) {
        return new Outgoing(method, uri, headers, Optional.of(content));
    }

    Outgoing to(URI other) {
        return new Outgoing(method, other, headers, body);
    }

    @Override
    public String toString() {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return method + " " + uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + path;
    }
}
