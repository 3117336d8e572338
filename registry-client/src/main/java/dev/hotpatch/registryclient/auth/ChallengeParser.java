package dev.hotpatch.registryclient.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code WWW-Authenticate}: a list of challenges whose parameters are lists too, with the same comma (RFC 9110, section
 * 11.6.1). What cannot be read ends the reading of that header; the challenges before it count.
 */
final class ChallengeParser {
    private static final int MAX_LENGTH = 8192;
    private static final int MAX_CHALLENGES = 16;
    private static final int MAX_PARAMETERS = 32;
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    private ChallengeParser(String text) {
        this.text = text;
    }

    static List<Challenge> parse(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        for (String header : headers) {
            if (header.length() <= MAX_LENGTH) {
                new ChallengeParser(header).challenges(all);
            }
        }
        return List.copyOf(all);
    }

    private void challenges(List<Challenge> all) {
        separators();
        while (at < text.length() && all.size() < MAX_CHALLENGES) {
            String scheme = token();
            if (scheme.isEmpty()) {
                return;
            }
            spaces();
            Map<String, String> parameters = new LinkedHashMap<>();
            boolean readable = parameters(parameters);
            all.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
            if (!readable) {
                return;
            }
            separators();
        }
    }

    /** Reads parameters up to the next challenge or the end; false if something unreadable stands in between. */
    private boolean parameters(Map<String, String> into) {
        while (at < text.length()) {
            boolean comma = text.charAt(at) == ',';
            separators();
            int start = at;
            String name = token();
            spaces();
            if (at >= text.length() || text.charAt(at) != '=') {
                // After a comma this is the next challenge; else it is token68, which neither Basic nor Bearer use
                // here.
                at = start;
                return comma;
            }
            at++;
            spaces();
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            String value = quoted ? quoted() : token();
            if (name.isEmpty() || value == null) {
                return false;
            }
            if (into.size() < MAX_PARAMETERS) {
                into.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
            spaces();
            if (at < text.length() && text.charAt(at) != ',') {
                return false;
            }
        }
        return true;
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        return null;
    }

    private String token() {
        int start = at;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isToken(char c) {
        return (c < 0x7f && Character.isLetterOrDigit(c)) || TOKEN_SIGNS.indexOf(c) >= 0;
    }

    private void spaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void separators() {
        while (at < text.length() && ", \t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
