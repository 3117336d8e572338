package dev.hotpatch.registryclient.auth;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.registryclient.reference.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration files of docker, podman and skopeo. {@code REGISTRY_AUTH_FILE} comes first, then podman's {@code auth.json},
 * then docker's {@code config.json} ({@code DOCKER_CONFIG}); in each file {@code credHelpers}, then {@code credsStore}, then
 * {@code auths}, where the longest prefix of the repository wins. Read anew each time, since logins change.
 */
final class DockerConfig implements CredentialSource {
    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final int MAX_FILE = 1 << 20;
    private static final int MAX_SECRET = 64 * 1024;

    private final Map<String, String> environment;
    private final String home;
    private final CredentialHelper helpers;

    DockerConfig(Map<String, String> environment, String home, CredentialHelper helpers) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.helpers = helpers;
    }

    @Override
    public Optional<Credential> find(Repository repository) throws IOException {
        for (Path file : files()) {
            if (!Files.isRegularFile(file)) {
                continue;
            }
            if (Files.size(file) > MAX_FILE) {
                throw new IOException(file + " is larger than the " + MAX_FILE + " bytes that are read");
            }
            JsonObject config = JsonObject.parse(Files.readAllBytes(file), file.toString());
            Optional<Credential> found = find(config, repository);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        variable("REGISTRY_AUTH_FILE").map(Path::of).ifPresent(files::add);
        variable("XDG_RUNTIME_DIR")
                .map(folder -> Path.of(folder, "containers", "auth.json"))
                .ifPresent(files::add);
        files.add(Path.of(variable("XDG_CONFIG_HOME").orElse(home + "/.config"), "containers", "auth.json"));
        files.add(Path.of(variable("DOCKER_CONFIG").orElse(home + "/.docker"), "config.json"));
        return files;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private Optional<Credential> find(JsonObject config, Repository repository) throws IOException {
        String server = repository.host().equals("docker.io") ? HUB_KEY : repository.host();
        Optional<JsonObject> perHost = config.optionalObject("credHelpers");
        if (perHost.isPresent()) {
            for (String host : perHost.get().fields()) {
                if (normal(host).equals(repository.host())) {
                    Optional<Credential> found =
                            helpers.get(perHost.get().string(host, 256), host.equals("docker.io") ? HUB_KEY : host);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        Optional<String> store = config.optionalString("credsStore", 256).filter(name -> !name.isEmpty());
        if (store.isPresent()) {
            Optional<Credential> found = helpers.get(store.get(), server);
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<JsonObject> auths = config.optionalObject("auths");
        return auths.isPresent() ? longestPrefix(auths.get(), repository) : Optional.empty();
    }

    private static Optional<Credential> longestPrefix(JsonObject auths, Repository repository) throws JsonException {
        String name = repository.toString();
        String best = null;
        for (String key : auths.fields()) {
            String normal = normal(key);
            boolean prefix = name.equals(normal) || name.startsWith(normal + "/");
            if (prefix && (best == null || normal.length() > normal(best).length())) {
                best = key;
            }
        }
        return best == null ? Optional.empty() : credential(auths.object(best), best);
    }

    /** A key as host and path: docker writes addresses, and has three names for Docker Hub. */
    private static String normal(String key) {
        String text = key.replaceFirst("^https?://", "").replaceFirst("/(v1|v2)?/?$", "");
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        return switch (host) {
            case "index.docker.io", "registry-1.docker.io" -> "docker.io" + text.substring(host.length());
            default -> text;
        };
    }

    private static Optional<Credential> credential(JsonObject entry, String key) throws JsonException {
        Optional<String> identity =
                entry.optionalString("identitytoken", MAX_SECRET).filter(token -> !token.isEmpty());
        if (identity.isPresent()) {
            return Optional.of(new Credential.IdentityToken(identity.get()));
        }
        Optional<String> bearer =
                entry.optionalString("registrytoken", MAX_SECRET).filter(token -> !token.isEmpty());
        if (bearer.isPresent()) {
            return Optional.of(new Credential.RegistryToken(bearer.get()));
        }
        String auth = entry.optionalString("auth", MAX_SECRET).orElse("");
        if (auth.isEmpty()) {
            String user = entry.optionalString("username", MAX_SECRET).orElse("");
            String password = entry.optionalString("password", MAX_SECRET).orElse("");
            return user.isEmpty() ? Optional.empty() : Optional.of(new Credential.Password(user, password));
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new JsonException("auths." + key + ".auth: not Base64; log in again");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new JsonException("auths." + key + ".auth: expected user:password in Base64; log in again");
        }
        // Docker pads some passwords with NUL.
        String password = pair.substring(colon + 1).replaceFirst("\0+$", "");
        return Optional.of(new Credential.Password(pair.substring(0, colon), password));
    }
}
