package dev.hotpatch.registryclient.transport;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port: the border that credentials do not cross (RFC 6454). */
public record Origin(String scheme, String host, int port) {
    /** The origin of an absolute http or https address; {@link IllegalArgumentException} for others. */
    public static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("not an http or https address");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    public boolean secure() {
        return scheme.equals("https");
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
