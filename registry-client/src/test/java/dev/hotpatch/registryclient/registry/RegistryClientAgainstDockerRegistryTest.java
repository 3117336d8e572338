package dev.hotpatch.registryclient.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.auth.CredentialSource;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same operations against a registry that we did not write: no referrers API, absolute upload locations, its own rules. */
@NullMarked
final class RegistryClientAgainstDockerRegistryTest {
    private static final String TYPE = "application/vnd.example.thing.v1+json";

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheProgram() {
        assumeTrue(
                Files.isExecutable(DockerRegistry.PROGRAM),
                "SKIPPED: docker-registry is not installed (apt-get install docker-registry)");
    }

    @Test
    void doesEverythingOverPlainHttp() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(folder, "", "")) {
            doesEverything(registry, options -> options);
        }
    }

    @Test
    void doesEverythingOverTlsWithACertificateAuthorityOfOurOwn() throws Exception {
        certificates();
        String tls = "  tls:\n    certificate: " + folder.resolve("server.pem") + "\n    key: "
                + folder.resolve("server.key") + "\n";
        try (DockerRegistry registry = DockerRegistry.start(folder, tls, "")) {
            doesEverything(
                    registry, options -> options.requireTls(registry.host()).trust(folder.resolve("ca.pem")));
            try (Registry distrustful = Registry.open(Content.options().requireTls(registry.host()))) {
                Repository repository = new Repository(registry.host(), "team/app");
                assertThrows(RegistryException.class, () -> distrustful.tags(repository));
            }
        }
    }

    @Test
    void doesEverythingWithAPassword() throws Exception {
        run("htpasswd", "-Bbc", folder.resolve("htpasswd").toString(), "user", "pass:word");
        String auth = "auth:\n  htpasswd:\n    realm: test\n    path: " + folder.resolve("htpasswd") + "\n";
        try (DockerRegistry registry = DockerRegistry.start(folder, "", auth)) {
            doesEverything(registry, options -> options.credentials(CredentialSource.password("user", "pass:word")));
            Repository repository = new Repository(registry.host(), "team/app");
            for (CredentialSource wrong :
                    List.of(CredentialSource.anonymous(), CredentialSource.password("user", "guess"))) {
                try (Registry stranger = Registry.open(Content.options().credentials(wrong))) {
                    NotAuthorisedException refusal =
                            assertThrows(NotAuthorisedException.class, () -> stranger.tags(repository));
                    assertFalse(String.valueOf(refusal.getMessage()).contains("guess"));
                }
            }
        }
    }

    private void doesEverything(DockerRegistry registry, UnaryOperator<RegistryOptions> settings) throws Exception {
        Repository repository = new Repository(registry.host(), "team/app");
        RegistryOptions options = settings.apply(Content.options()).chunkBytes(300_000);
        try (Registry client = Registry.open(options)) {
            byte[] chunked = Content.random(1_000_000);
            assertTrue(client.pushBlob(repository, Content.blob(chunked), BlobSource.of(chunked), Optional.empty()));
            assertFalse(client.pushBlob(repository, Content.blob(chunked), BlobSource.of(chunked), Optional.empty()));
            Repository other = new Repository(registry.host(), "team/other");
            assertFalse(client.pushBlob(
                    other,
                    Content.blob(chunked),
                    offset -> {
                        throw new IOException("mounted, not read");
                    },
                    Optional.of(repository)));
            try (var in = client.blob(other, Content.blob(chunked))) {
                assertArrayEquals(chunked, in.readAllBytes());
            }
            Path partial = folder.resolve(Content.blob(chunked).digest().hex() + ".partial");
            Files.write(partial, java.util.Arrays.copyOf(chunked, 123_456));
            Path target = folder.resolve("downloaded");
            client.downloadBlob(repository, Content.blob(chunked), target);
            assertArrayEquals(chunked, Files.readAllBytes(target));
            Files.delete(target);

            Manifest image = Content.image(client, repository, "{\"x\":1}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            assertEquals(
                    image.digest(),
                    client.resolve(ImageReference.of(repository, "v1")).digest());
            assertTrue(client.resolveIfChanged(ImageReference.of(repository, "v1"), image.digest())
                    .isEmpty());
            assertThrows(NotFoundException.class, () -> client.resolve(ImageReference.of(repository, "v2")));

            Optional<Descriptor> subject = Optional.of(image.descriptor());
            Manifest first = Content.manifest(client, repository, TYPE, "{\"n\":1}", subject);
            Manifest second = Content.manifest(client, repository, TYPE, "{\"n\":2}", subject);
            client.pushManifest(repository, first.bytes(), Optional.empty());
            client.pushManifest(repository, second.bytes(), Optional.of("second"));
            assertEquals(
                    List.of(first, second),
                    client.referrers(repository, image.digest(), Optional.of(TYPE)).stream()
                            .map(Referrer::manifest)
                            .toList());
            client.deleteManifest(repository, first.digest());
            assertEquals(
                    List.of(second),
                    client.referrers(repository, image.digest(), Optional.empty()).stream()
                            .map(Referrer::manifest)
                            .toList());
            assertEquals(
                    Set.of("second", FallbackIndex.tag(image.digest()), "v1"), Set.copyOf(client.tags(repository)));
        }
    }

    /** A certificate authority, and a server certificate of it for 127.0.0.1. */
    private void certificates() throws Exception {
        Path extensions = Files.writeString(folder.resolve("ext"), "subjectAltName=IP:127.0.0.1\n");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=test ca",
                "-days",
                "2",
                "-keyout",
                path("ca.key"),
                "-out",
                path("ca.pem"));
        run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=127.0.0.1",
                "-keyout",
                path("server.key"),
                "-out",
                path("server.csr"));
        run(
                "openssl",
                "x509",
                "-req",
                "-in",
                path("server.csr"),
                "-CA",
                path("ca.pem"),
                "-CAkey",
                path("ca.key"),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                extensions.toString(),
                "-out",
                path("server.pem"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tool.log").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> List.of(command) + ": see " + folder.resolve("tool.log"));
    }
}
