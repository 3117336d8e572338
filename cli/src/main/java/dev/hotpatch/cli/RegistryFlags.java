package dev.hotpatch.cli;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.registryclient.auth.CredentialSource;
import dev.hotpatch.registryclient.registry.Registry;
import dev.hotpatch.registryclient.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How registries are reached. */
final class RegistryFlags {
    @Option(
            names = "--allow-http",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description = "Speak plain HTTP to this registry; the default for 127.0.0.1, localhost and [::1].")
    private List<String> http = List.of();

    @Option(
            names = "--require-tls",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description = "Speak HTTPS to this registry even on 127.0.0.1, localhost or [::1].")
    private List<String> tls = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust the certificate authorities in this PEM file, too.")
    private Path authorities = Path.of("");

    @Option(
            names = "--registry-timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long one operation with a registry may take; default: ${DEFAULT-VALUE}.")
    private int seconds = 600;

    /** The caller closes it. Credentials: HOTPATCH_REGISTRY_USER and _PASSWORD, else what docker or podman login stored. */
    Registry open(Terminal terminal) throws IOException {
        RegistryOptions options = new RegistryOptions()
                .deadline(Duration.ofSeconds(seconds))
                .progress((blob, done) -> terminal.progress(line(blob, done)));
        http.forEach(options::allowHttp);
        tls.forEach(options::requireTls);
        if (!authorities.toString().isEmpty()) {
            options.trust(authorities);
        }
        String user = System.getenv("HOTPATCH_REGISTRY_USER");
        String password = System.getenv("HOTPATCH_REGISTRY_PASSWORD");
        if (user != null && password != null) {
            options.credentials(CredentialSource.password(user, password));
        }
        return Registry.open(options);
    }

    private static String line(Descriptor blob, long done) {
        return blob.digest().hex().substring(0, 12) + "  " + done / 1024 + " / " + blob.size() / 1024 + " KiB";
    }
}
