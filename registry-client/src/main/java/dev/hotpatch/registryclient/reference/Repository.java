package dev.hotpatch.registryclient.reference;

import java.util.regex.Pattern;

/**
 * A repository of a registry.
 *
 * @param host {@code host} or {@code host:port}; {@code docker.io} for all names of Docker Hub
 * @param path {@code namespace/name}, at most 255 characters with the host
 */
public record Repository(String host, String path) {
    static final int MAX_LENGTH = 255;

    private static final String NAME = "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+";
    private static final Pattern PATH = Pattern.compile(NAME + "(?:/" + NAME + ")*+");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    public Repository {
        if (host.length() + 1 + path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a repository name has at most " + MAX_LENGTH + " characters: " + host + "/" + path);
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("not a registry host: " + host);
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "not a repository path (lower-case letters, digits, . _ - and /): " + path);
        }
        host = switch (host) {
            case "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com" -> "docker.io";
            default -> host;
        };
    }

    /** Reads {@code host/path} with the rules of {@link ImageReference#parse}. */
    public static Repository parse(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            Repository repository = new Repository(first, text.substring(slash + 1));
            return repository.host.equals("docker.io") && !repository.path.contains("/")
                    ? new Repository("docker.io", "library/" + repository.path)
                    : repository;
        }
        return new Repository("docker.io", slash < 0 ? "library/" + text : text);
    }

    /** The host that answers for this repository: Docker Hub's is not called docker.io. */
    public String endpoint() {
        return host.equals("docker.io") ? "registry-1.docker.io" : host;
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
