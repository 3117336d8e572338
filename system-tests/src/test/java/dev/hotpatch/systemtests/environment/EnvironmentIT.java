package dev.hotpatch.systemtests.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Are the parts that other tests rely on what they seem to be? */
final class EnvironmentIT {
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    @TempDir
    Path scratch;

    @Test
    void judgesReadWhatWasPushed() throws Exception {
        try (DockerRegistryFixture registry = DockerRegistryFixture.start()) {
            BuiltImage image = JibImage.ofPause(scratch, CACHE).push(registry.host() + "/tools/pause:1");
            assertEquals(image.manifestDigest(), agreed(Judge.CRANE, "digest", "--insecure", image.reference()));
            assertTrue(agreed(Judge.ORAS, "manifest", "fetch", "--plain-http", image.reference())
                    .contains(image.configDigest()));
            assertTrue(agreed(Judge.SKOPEO, "inspect", "--tls-verify=false", "docker://" + image.reference())
                    .contains(image.manifestDigest()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_2", "COSIGN_3"})
    void cosignTellsSignedFromUnsigned(Judge cosign) throws Exception {
        Map<String, String> password = Map.of("COSIGN_PASSWORD", "");
        try (DockerRegistryFixture registry = DockerRegistryFixture.start()) {
            BuiltImage image = JibImage.ofPause(scratch, CACHE).push(registry.host() + "/tools/pause:1");
            String prefix = scratch.resolve("key").toString();
            Judge.Verdict made = cosign.run(scratch, password, "generate-key-pair", "--output-key-prefix", prefix);
            assertTrue(made.agrees(), made.output());
            String[] verify = {
                "verify", "--key", prefix + ".pub", "--insecure-ignore-tlog", "--allow-http-registry", image.byDigest()
            };
            assertFalse(cosign.run(scratch, verify).agrees());
            if (cosign == Judge.COSIGN_2) {
                Judge.Verdict signed = cosign.run(
                        scratch,
                        password,
                        "sign",
                        "--key",
                        prefix + ".key",
                        "--tlog-upload=false",
                        "--yes",
                        "--allow-http-registry",
                        image.byDigest());
                assertTrue(signed.agrees(), signed.output());
                Judge.Verdict verified = cosign.run(scratch, verify);
                assertTrue(verified.agrees(), verified.output());
            }
        }
    }

    @Test
    void registryWithTlsAsksForThePassword() throws Exception {
        try (DockerRegistryFixture registry = DockerRegistryFixture.start(true, true)) {
            String authority = registry.certificate().orElseThrow().toString();
            BuiltImage image = JibImage.ofPause(scratch, CACHE)
                    .push(
                            registry.host() + "/tools/pause:1",
                            DockerRegistryFixture.USER,
                            DockerRegistryFixture.PASSWORD);
            String[] anonymous = {"manifest", "fetch", "--ca-file", authority, image.reference()};
            assertFalse(Judge.ORAS.run(scratch, anonymous).agrees());
            assertTrue(agreed(
                            Judge.ORAS,
                            "manifest",
                            "fetch",
                            "--ca-file",
                            authority,
                            "--username",
                            DockerRegistryFixture.USER,
                            "--password",
                            DockerRegistryFixture.PASSWORD,
                            image.reference())
                    .contains(image.configDigest()));
        }
    }

    private String agreed(Judge judge, String... arguments) throws Exception {
        Judge.Verdict verdict = judge.run(scratch, arguments);
        assertTrue(verdict.agrees(), verdict.output());
        return verdict.output();
    }
}
