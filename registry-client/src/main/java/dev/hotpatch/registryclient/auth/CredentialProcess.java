package dev.hotpatch.registryclient.auth;

import dev.hotpatch.patchformat.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs {@code docker-credential-<name> get}: server on standard input, JSON on standard output. */
final class CredentialProcess implements CredentialHelper {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int MAX_OUTPUT = 64 * 1024;
    private static final int MAX_SECRET = 32 * 1024;
    private static final int SECONDS = 30;

    @Override
    public Optional<Credential> get(String name, String server) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("not the name of a credential helper: " + name);
        }
        String command = "docker-credential-" + name;
        Process process = new ProcessBuilder(command, "get")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture<Process> watch = process.onExit()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .whenComplete((done, late) -> process.destroyForcibly());
        byte[] output;
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(server.getBytes(StandardCharsets.UTF_8));
            }
            output = process.getInputStream().readNBytes(MAX_OUTPUT);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                // A helper that knows nothing says so with exit code 1; its text may hold anything and is not repeated.
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command, e);
        } finally {
            watch.cancel(true);
            process.destroyForcibly();
        }
        JsonObject json = JsonObject.parse(output, "output of " + command);
        String user = json.optionalString("Username", MAX_SECRET).orElse("");
        String secret = json.string("Secret", MAX_SECRET);
        return Optional.of(
                user.equals("<token>") ? new Credential.IdentityToken(secret) : new Credential.Password(user, secret));
    }
}
