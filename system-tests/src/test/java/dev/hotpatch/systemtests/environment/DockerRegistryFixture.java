package dev.hotpatch.systemtests.environment;

import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.corpus.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's docker-registry on a free port of loopback, empty at its start; closing it ends it and removes what it stored. */
public final class DockerRegistryFixture implements AutoCloseable {
    public static final String USER = "tester";
    public static final String PASSWORD = "correct-horse";

    private static final Pattern LISTENING = Pattern.compile("listening on (?:\\[::\\]|127\\.0\\.0\\.1):(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final RunningProcess process;
    private final String host;
    private final Optional<Path> certificate;

    private DockerRegistryFixture(Path folder, RunningProcess process, String host, Optional<Path> certificate) {
        this.folder = folder;
        this.process = process;
        this.host = host;
        this.certificate = certificate;
    }

    /** Plain HTTP, open to all. */
    public static DockerRegistryFixture start() throws IOException, InterruptedException {
        return start(false, false);
    }

    /**
     * Starts a registry.
     *
     * @param tls with a certificate of its own, see {@link #certificate}
     * @param password open only to {@link #USER} with {@link #PASSWORD}
     */
    public static DockerRegistryFixture start(boolean tls, boolean password) throws IOException, InterruptedException {
        Requirement.rootWith("docker-registry", "htpasswd", "openssl");
        Path folder = Files.createTempDirectory("hp-registry");
        StringBuilder config =
                new StringBuilder("version: 0.1\nlog: {level: info, accesslog: {disabled: true}}\nstorage:\n"
                        + "  filesystem: {rootdirectory: " + folder.resolve("storage")
                        + "}\n  delete: {enabled: true}\n"
                        + "http:\n  addr: 127.0.0.1:0\n");
        if (tls) {
            run(List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=localhost",
                    "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout",
                    folder.resolve("key.pem").toString(),
                    "-out",
                    folder.resolve("cert.pem").toString()));
            config.append("  tls: {certificate: ").append(folder.resolve("cert.pem"));
            config.append(", key: ").append(folder.resolve("key.pem")).append("}\n");
        }
        if (password) {
            run(List.of("htpasswd", "-Bbc", folder.resolve("htpasswd").toString(), USER, PASSWORD));
            config.append("auth:\n  htpasswd: {realm: test, path: ")
                    .append(folder.resolve("htpasswd"))
                    .append("}\n");
        }
        Path file = Files.writeString(folder.resolve("config.yml"), config);
        RunningProcess process = RunningProcess.start(
                List.of("docker-registry", "serve", file.toString()), Map.of("OTEL_TRACES_EXPORTER", "none"));
        try {
            Matcher port = LISTENING.matcher(process.await("listening on ", 0, PATIENCE));
            if (!port.find()) {
                throw new IOException("docker-registry did not say on which port it listens");
            }
            Optional<Path> certificate = tls ? Optional.of(folder.resolve("cert.pem")) : Optional.empty();
            return new DockerRegistryFixture(folder, process, "127.0.0.1:" + port.group(1), certificate);
        } catch (IOException e) {
            process.end();
            Folders.delete(folder);
            throw e;
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        try (RunningProcess process = RunningProcess.start(command, Map.of())) {
            if (process.exitCode(PATIENCE) != 0) {
                throw new IOException(command.get(0) + " failed: " + process.output());
            }
        }
    }

    /** Host and port, as they stand in an image reference. */
    public String host() {
        return host;
    }

    /** The certificate to trust, in PEM; empty without TLS. */
    public Optional<Path> certificate() {
        return certificate;
    }

    /** Where the registry keeps its blobs, for tests that tamper with them. */
    public Path storage() {
        return folder.resolve("storage");
    }

    @Override
    public void close() throws IOException {
        process.end();
        Folders.delete(folder);
    }
}
