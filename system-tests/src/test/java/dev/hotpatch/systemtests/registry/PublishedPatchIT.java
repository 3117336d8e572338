package dev.hotpatch.systemtests.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.systemtests.environment.Judge;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do other people's tools discover, pull and verify what we pushed to a real registry? */
final class PublishedPatchIT {
    private static final Path HOTPATCH = Path.of("../cli/target/hotpatch").toAbsolutePath();
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    @TempDir
    Path scratch;

    private Path secret;
    private Path open;

    @BeforeEach
    void makeAKey() throws Exception {
        hotpatch(
                0,
                Map.of(),
                "key",
                "generate",
                "--output",
                scratch.resolve("ci").toString());
        secret = scratch.resolve("ci.key");
        open = scratch.resolve("ci.pub");
    }

    @Test
    void otherToolsDiscoverPullAndVerifyIt() throws Exception {
        try (DockerRegistryFixture registry = DockerRegistryFixture.start()) {
            String repository = registry.host() + "/shop/broker";
            BuiltImage from = image("5.16.6").push(repository + ":5.16.6");
            BuiltImage to = image("5.16.7").push(repository + ":5.16.7");
            JsonObject built = hotpatch(
                            0,
                            Map.of(),
                            "build",
                            from.byDigest(),
                            to.byDigest(),
                            "--key",
                            secret.toString(),
                            "--push",
                            repository,
                            "--json")
                    .json();
            String digest = built.string("patch", 100);
            String reference = repository + "@" + digest;

            assertTrue(agreed(Judge.ORAS, "discover", "--plain-http", from.byDigest())
                    .contains(digest));
            orasPullsTheLiveUnit(reference);
            assertEquals(
                    digest,
                    agreed(Judge.CRANE, "digest", "--insecure", reference).strip());
            for (Judge cosign : List.of(Judge.COSIGN_2, Judge.COSIGN_3)) {
                cosignVerifies(cosign, reference);
            }
            skopeoCopiesOnlyWhatIsSigned(repository, digest);

            JsonObject listed = hotpatch(
                            0, Map.of(), "catalogue", "list", from.byDigest(), "--key", open.toString(), "--json")
                    .json();
            JsonObject row = listed.objects("patches", 10).get(0);
            assertEquals(digest, row.string("patch", 100));
            assertEquals("ok", row.string("verification", 100));
        }
    }

    @Test
    void theWholeWayWorksWithTlsAndPassword() throws Exception {
        try (DockerRegistryFixture registry = DockerRegistryFixture.start(true, true)) {
            String repository = registry.host() + "/shop/broker";
            String user = DockerRegistryFixture.USER;
            String password = DockerRegistryFixture.PASSWORD;
            BuiltImage from = image("5.16.6").push(repository + ":5.16.6", user, password);
            BuiltImage to = image("5.16.7").push(repository + ":5.16.7", user, password);
            Map<String, String> login = Map.of("HOTPATCH_REGISTRY_USER", user, "HOTPATCH_REGISTRY_PASSWORD", password);
            String[] tls = {"--ca", registry.certificate().orElseThrow().toString(), "--require-tls", registry.host()};
            String[] build = {
                "build", from.byDigest(), to.byDigest(), "--key", secret.toString(), "--push", repository, "--json"
            };
            hotpatch(3, Map.of("DOCKER_CONFIG", scratch.toString()), join(build, tls));
            String digest = hotpatch(0, login, join(build, tls)).json().string("patch", 100);
            String[] verify = {"verify", repository + "@" + digest, "--key", open.toString()};
            hotpatch(0, login, join(verify, tls));
            String[] pull = {
                "pull",
                repository + "@" + digest,
                "--key",
                open.toString(),
                "-o",
                scratch.resolve("copy").toString()
            };
            hotpatch(0, login, join(pull, tls));
            hotpatch(
                    0,
                    Map.of(),
                    "verify",
                    "oci:" + scratch.resolve("copy"),
                    "--key",
                    open.toString(),
                    "--repository",
                    repository);
        }
    }

    private void orasPullsTheLiveUnit(String reference) throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("oras"));
        agreed(Judge.ORAS, "pull", "--plain-http", "--output", folder.toString(), reference);
        Manifest manifest = Manifest.parse(agreed(Judge.ORAS, "manifest", "fetch", "--plain-http", reference)
                .getBytes(StandardCharsets.UTF_8));
        assertEquals(manifest.layers().get(0).digest(), Digest.of(Files.readAllBytes(folder.resolve("live.zip"))));
    }

    private void cosignVerifies(Judge cosign, String reference) throws Exception {
        Path other = scratch.resolve(cosign + ".other");
        hotpatch(0, Map.of(), "key", "generate", "--output", other.toString());
        for (Path key : List.of(open, Path.of(other + ".pub"))) {
            Judge.Verdict verdict = cosign.run(
                    scratch,
                    "verify",
                    "--key",
                    key.toString(),
                    "--insecure-ignore-tlog",
                    "--allow-http-registry",
                    reference);
            assertEquals(key.equals(open), verdict.agrees(), cosign + ": " + verdict.output());
        }
    }

    private void skopeoCopiesOnlyWhatIsSigned(String repository, String digest) throws Exception {
        Path policy = scratch.resolve("policy.json");
        Files.writeString(
                policy,
                "{\"default\":[{\"type\":\"reject\"}],\"transports\":{\"docker\":{\"" + repository
                        + "\":[{\"type\":\"sigstoreSigned\",\"keyPath\":\"" + open
                        + "\",\"signedIdentity\":{\"type\":\"matchRepository\"}}]}}}");
        Path registries = Files.createDirectories(scratch.resolve("registries.d"));
        Files.writeString(
                registries.resolve("default.yaml"),
                "docker:\n  " + repository + ":\n    use-sigstore-attachments: true\n");
        String[] copy = {
            "--policy",
            policy.toString(),
            "--registries.d",
            registries.toString(),
            "copy",
            "--remove-signatures",
            "--src-tls-verify=false",
            "docker://" + repository + "@" + digest,
            "oci:" + scratch.resolve("skopeo")
        };
        agreed(Judge.SKOPEO, copy);
        Path foreign = scratch.resolve("foreign");
        hotpatch(0, Map.of(), "key", "generate", "--output", foreign.toString());
        Files.writeString(policy, Files.readString(policy).replace(open.toString(), foreign + ".pub"));
        assertFalse(Judge.SKOPEO.run(scratch, copy).agrees());
    }

    private JibImage image(String version) throws Exception {
        ActiveMq software = ActiveMq.fetch(
                version,
                MavenArtifacts.fromEnvironment(System.getenv()),
                CACHE,
                Files.createDirectories(scratch.resolve("software")));
        return JibImage.ofActiveMq(software, BaseImage.prepare(CACHE), CACHE);
    }

    private String agreed(Judge judge, String... arguments) throws Exception {
        Judge.Verdict verdict = judge.run(scratch, arguments);
        assertTrue(verdict.agrees(), judge + ": " + verdict.output());
        return verdict.output();
    }

    private HotpatchCommand.Outcome hotpatch(int expected, Map<String, String> environment, String... arguments)
            throws Exception {
        return new HotpatchCommand(HOTPATCH, scratch, environment).run(expected, arguments);
    }

    private static String[] join(String[] first, String[] second) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray(String[]::new);
    }
}
