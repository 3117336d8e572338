package dev.hotpatch.testdata.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Fetches artifacts from a Maven repository into the cache, each once, and hands out only files whose checksum was right.
 * Safe to use from several threads and processes: a file appears in the cache whole, by a rename.
 */
public final class MavenArtifacts {
    /** The environment variable that names another repository. */
    static final String REPOSITORY = "HOTPATCH_MAVEN_REPO";

    static final String CENTRAL = "https://repo1.maven.org/maven2";
    private static final int ATTEMPTS = 4;
    private static final long MAX_BYTES = 1L << 30;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private final String repository;
    private final Path folder;
    private final Duration firstWait;

    /**
     * @param repository base URL, with or without a slash at its end
     * @param firstWait before the second attempt; doubled before each further one
     */
    MavenArtifacts(String repository, CacheFolder cache, Duration firstWait) throws IOException {
        this.firstWait = firstWait;
        this.repository = repository.endsWith("/") ? repository : repository + "/";
        this.folder = cache.folder("maven");
    }

    /** Maven Central, or what {@code HOTPATCH_MAVEN_REPO} names. */
    public static MavenArtifacts fromEnvironment(Map<String, String> environment) throws IOException {
        return new MavenArtifacts(
                environment.getOrDefault(REPOSITORY, CENTRAL),
                CacheFolder.fromEnvironment(environment),
                Duration.ofMillis(500));
    }

    /**
     * The file of an artifact, from the cache if it is there.
     *
     * @throws IOException if it cannot be had, or is not what its checksum says; the message names the address
     */
    public Path fetch(MavenArtifact artifact) throws IOException, InterruptedException {
        Path file = folder.resolve(artifact.path());
        if (Files.exists(file)) {
            return file;
        }
        Files.createDirectories(file.getParent());
        URI address = URI.create(repository + artifact.path());
        for (int attempt = 1; ; attempt++) {
            try {
                return download(artifact, address, file);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(
                            "cannot fetch " + address + " after " + ATTEMPTS + " attempts: " + e.getMessage()
                                    + "; set HOTPATCH_MAVEN_REPO to use another repository",
                            e);
                }
                Thread.sleep(firstWait.toMillis() << (attempt - 1));
            }
        }
    }

    private Path download(MavenArtifact artifact, URI address, Path file) throws IOException, InterruptedException {
        Path partial = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".partial");
        try {
            String pinned = artifact.sha256();
            String algorithm = pinned != null ? "SHA-256" : publishedAlgorithm(address);
            String expected = pinned != null ? pinned : published(address, algorithm);
            String found = copy(address, partial, algorithm);
            if (!found.equals(expected)) {
                throw new IOException(
                        algorithm + " of " + address + " is " + found + ", expected " + expected + "; not kept");
            }
            return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private String copy(URI address, Path to, String algorithm) throws IOException, InterruptedException {
        HttpResponse<InputStream> reply = http.send(request(address), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = reply.body()) {
            if (reply.statusCode() != 200) {
                throw new IOException("status " + reply.statusCode() + " from " + address);
            }
            DigestInputStream hashed = new DigestInputStream(body, digest(algorithm));
            try (OutputStream out = Files.newOutputStream(to)) {
                long left = MAX_BYTES;
                byte[] buffer = new byte[1 << 16];
                for (int n = hashed.read(buffer); n >= 0; n = hashed.read(buffer)) {
                    left -= n;
                    if (left < 0) {
                        throw new IOException(address + " is longer than " + MAX_BYTES + " bytes");
                    }
                    out.write(buffer, 0, n);
                }
            }
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        }
    }

    private String publishedAlgorithm(URI address) throws IOException, InterruptedException {
        return text(beside(address, "SHA-256")).statusCode() == 200 ? "SHA-256" : "SHA-1";
    }

    private String published(URI address, String algorithm) throws IOException, InterruptedException {
        HttpResponse<String> reply = text(beside(address, algorithm));
        String value = reply.body().strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        if (reply.statusCode() != 200 || !value.matches("[0-9a-f]{40,64}")) {
            throw new IOException("no usable checksum beside " + address + " (status " + reply.statusCode() + ")");
        }
        return value;
    }

    private HttpResponse<String> text(URI address) throws IOException, InterruptedException {
        return http.send(request(address), HttpResponse.BodyHandlers.ofString());
    }

    private static URI beside(URI address, String algorithm) {
        return URI.create(address + "." + algorithm.replace("-", "").toLowerCase(Locale.ROOT));
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }
}
