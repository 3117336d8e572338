package dev.hotpatch.registryclient.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.registryclient.reference.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class DockerConfigTest {
    private static final CredentialHelper NONE = (name, server) -> Optional.empty();

    @TempDir
    Path home;

    @Test
    void takesTheLongestPrefixOfTheRepository() throws IOException {
        docker("{\"auths\":{\"reg.example\":" + auth("all", "1") + ",\"reg.example/team\":" + auth("team", "2")
                + ",\"reg.example/team/app\":" + auth("app", "3") + ",\"reg.example/te\":" + auth("no", "4") + "}}");
        assertEquals(user("app", "3"), find("reg.example/team/app", NONE));
        assertEquals(user("team", "2"), find("reg.example/team/other", NONE));
        assertEquals(user("all", "1"), find("reg.example/teams", NONE));
        assertEquals(Optional.empty(), find("reg.example:443/teams", NONE));
    }

    @Test
    void knowsTheNamesOfDockerHubAndOldAddresses() throws IOException {
        docker("{\"auths\":{\"https://index.docker.io/v1/\":" + auth("hub", "pass:word")
                + ",\"https://reg.example/v2/\":" + auth("old", "x") + "}}");
        assertEquals(user("hub", "pass:word"), find("busybox", NONE));
        assertEquals(user("old", "x"), find("reg.example/a", NONE));
    }

    @Test
    void asksHelpersBeforeItsOwnEntries() throws IOException {
        docker("{\"credHelpers\":{\"reg.example\":\"one\"},\"credsStore\":\"two\",\"auths\":{\"reg.example\":"
                + auth("file", "x") + ",\"c.example\":" + auth("file", "x") + "}}");
        CredentialHelper helper = (name, server) ->
                server.equals("c.example") ? Optional.empty() : Optional.of(new Credential.Password(name, server));
        assertEquals(user("one", "reg.example"), find("reg.example/a", helper));
        assertEquals(user("two", "b.example"), find("b.example/a", helper));
        assertEquals(user("two", "https://index.docker.io/v1/"), find("busybox", helper));
        assertEquals(user("file", "x"), find("c.example/a", helper));
    }

    @Test
    void readsTheFilesInTheOrderOfPodman() throws IOException {
        docker("{\"auths\":{\"reg.example\":" + auth("docker", "x") + "}}");
        Path own = write("own.json", "{\"auths\":{\"reg.example\":" + auth("own", "x") + "}}");
        write("run/containers/auth.json", "{\"auths\":{\"reg.example\":" + auth("run", "x") + "}}");
        Repository repository = Repository.parse("reg.example/a");
        String run = home.resolve("run").toString();
        assertEquals(
                user("own", "x"),
                config(Map.of("REGISTRY_AUTH_FILE", own.toString(), "XDG_RUNTIME_DIR", run), NONE)
                        .find(repository));
        assertEquals(
                user("run", "x"), config(Map.of("XDG_RUNTIME_DIR", run), NONE).find(repository));
        assertEquals(
                Optional.empty(),
                config(Map.of("DOCKER_CONFIG", home.resolve("nowhere").toString()), NONE)
                        .find(repository));
    }

    @Test
    void findsTokensAndPlainUsers() throws IOException {
        docker(
                "{\"auths\":{\"a.example\":{\"auth\":\"" + base64("u:p") + "\",\"identitytoken\":\"idt\"},"
                        + "\"b.example\":{\"registrytoken\":\"rt\"},\"c.example\":{\"username\":\"u\",\"password\":\"p\"},\"d.example\":{}}}");
        assertEquals(Optional.of(new Credential.IdentityToken("idt")), find("a.example/x", NONE));
        assertEquals(Optional.of(new Credential.RegistryToken("rt")), find("b.example/x", NONE));
        assertEquals(user("u", "p"), find("c.example/x", NONE));
        assertEquals(Optional.empty(), find("d.example/x", NONE));
    }

    @Test
    void neverRepeatsASecretInAMessage() throws IOException {
        docker("{\"auths\":{\"reg.example\":{\"auth\":\"secret!!\"}}}");
        JsonException broken = assertThrows(JsonException.class, () -> find("reg.example/a", NONE));
        assertFalse(String.valueOf(broken.getMessage()).contains("secret"));
        assertFalse(new Credential.Password("u", "secret").toString().contains("secret"));
        assertFalse(new Credential.IdentityToken("secret").toString().contains("secret"));
    }

    @Test
    void refusesAHelperNameThatIsAPath() {
        assertThrows(IOException.class, () -> new CredentialProcess().get("../../bin/sh", "reg.example"));
    }

    private Optional<Credential> find(String repository, CredentialHelper helper) throws IOException {
        return config(Map.of(), helper).find(Repository.parse(repository));
    }

    private DockerConfig config(Map<String, String> environment, CredentialHelper helper) {
        return new DockerConfig(environment, home.toString(), helper);
    }

    private void docker(String json) throws IOException {
        write(".docker/config.json", json);
    }

    private Path write(String name, String json) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, json);
    }

    private static Optional<Credential> user(String user, String password) {
        return Optional.of(new Credential.Password(user, password));
    }

    private static String auth(String user, String password) {
        return "{\"auth\":\"" + base64(user + ":" + password) + "\"}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
