package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Bearer tokens: the registry's side and the token endpoint {@code /token} (GET with Basic, POST as OAuth 2). */
final class TokenService implements Access {
    private static final int MAX_FORM = 64 * 1024;

    private final TokenAuth settings;
    private final Clock clock;
    private final String realm;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    TokenService(TokenAuth settings, Clock clock, String realm) {
        this.settings = settings;
        this.clock = clock;
        this.realm = realm;
    }

    @Override
    public Optional<String> challenge(Request request, Scope scope) {
        String header = request.header("Authorization").orElse("");
        Token token = header.startsWith("Bearer ") ? tokens.get(header.substring(7)) : null;
        String wanted = "repository:" + scope.repository() + ":" + (scope.write() ? "pull,push" : "pull");
        if (token != null && token.expires.isAfter(clock.instant()) && token.allows(scope)) {
            return Optional.empty();
        }
        StringBuilder challenge = new StringBuilder("Bearer realm=\"" + realm + "\",service=\"in-process\"");
        if (!scope.repository().isEmpty()) {
            challenge.append(",scope=\"").append(wanted).append('"');
        }
        if (token != null) {
            challenge
                    .append(",error=\"")
                    .append(token.allows(scope) ? "invalid_token" : "insufficient_scope")
                    .append('"');
        }
        return Optional.of(challenge.toString());
    }

    /** Withdraws every token that has been handed out. */
    void forgetTokens() {
        tokens.clear();
    }

    Reply issue(Request request) throws IOException, RegistryError {
        boolean post = request.is("POST");
        String form = post
                ? new String(request.bytes(MAX_FORM), StandardCharsets.UTF_8)
                : request.seen().query();
        String user = post ? oauthUser(form) : Access.basicUser(request, settings.passwords());
        if (user == null && (post || request.header("Authorization").isPresent() || !settings.anonymousPull())) {
            throw RegistryError.of(401, "UNAUTHORIZED", "unknown user or wrong password");
        }
        String id = UUID.randomUUID().toString();
        tokens.put(id, new Token(clock.instant().plus(settings.lifetime()), granted(form, user != null)));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(settings.field(), id);
        if (settings.tellLifetime()) {
            body.put("expires_in", settings.lifetime().toSeconds());
            body.put("issued_at", clock.instant().toString());
        }
        return Reply.bytes(200, "application/json", Json.write(body));
    }

    private @Nullable String oauthUser(String form) {
        String grant =
                Request.parameters(form, "grant_type").stream().findFirst().orElse("");
        if (grant.equals("refresh_token")) {
            return Request.parameters(form, "refresh_token").contains(settings.identityToken()) ? "identity" : null;
        }
        String user = Request.parameters(form, "username").stream().findFirst().orElse("");
        String password =
                Request.parameters(form, "password").stream().findFirst().orElse("");
        return password.equals(settings.passwords().get(user)) ? user : null;
    }

    private static List<String> granted(String form, boolean known) {
        List<String> granted = new ArrayList<>();
        for (String scopes : Request.parameters(form, "scope")) {
            for (String scope : scopes.split(" ", -1)) {
                granted.add(known ? scope : scope.replaceAll(":[a-z,*]*$", ":pull"));
            }
        }
        return granted;
    }

    private record Token(Instant expires, List<String> granted) {
        boolean allows(Scope scope) {
            if (scope.repository().isEmpty()) {
                return true;
            }
            String prefix = "repository:" + scope.repository() + ":";
            return granted.stream()
                    .filter(grant -> grant.startsWith(prefix))
                    .map(grant -> "," + grant.substring(prefix.length()) + ",")
                    .anyMatch(actions -> actions.contains(scope.write() ? ",push," : ",pull,"));
        }
    }
}
