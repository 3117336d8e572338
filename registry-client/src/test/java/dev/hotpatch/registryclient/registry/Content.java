package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.registryclient.auth.CredentialSource;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.RetryPolicy;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** Content and settings that the tests of this package share. */
@NullMarked
final class Content {
    static final String OCTETS = "application/octet-stream";

    private Content() {}

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static Descriptor blob(byte[] bytes) {
        return Descriptor.of(OCTETS, bytes);
    }

    static Repository repository(InProcessRegistry registry) {
        return new Repository(registry.host(), "team/app");
    }

    /** No credentials, no waiting. */
    static RegistryOptions options() {
        return new RegistryOptions()
                .credentials(CredentialSource.anonymous())
                .retries(new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    static byte[] push(Registry client, Repository repository, byte[] bytes) throws IOException {
        client.pushBlob(repository, blob(bytes), BlobSource.of(bytes), Optional.empty());
        return bytes;
    }

    /** A manifest with one small config and no layer. */
    static Manifest manifest(
            Registry client, Repository repository, String type, String text, Optional<Descriptor> subject)
            throws IOException {
        byte[] config = push(client, repository, text.getBytes(StandardCharsets.UTF_8));
        return Manifest.create(
                Optional.of(type),
                Descriptor.of(type, config),
                List.of(),
                subject,
                Map.of("org.opencontainers.image.title", text));
    }

    static Manifest image(Registry client, Repository repository, String text) throws IOException {
        byte[] config = push(client, repository, text.getBytes(StandardCharsets.UTF_8));
        return Manifest.create(
                Optional.empty(), Descriptor.of(MediaTypes.OCI_CONFIG, config), List.of(), Optional.empty(), Map.of());
    }
}
