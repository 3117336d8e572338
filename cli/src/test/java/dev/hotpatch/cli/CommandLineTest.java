package dev.hotpatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of the command sees: output, JSON, exit codes. */
final class CommandLineTest {
    private static final String REPOSITORY = "reg.example/ns/app";

    @TempDir
    Path folder;

    private String oldJar;
    private String newJar;
    private String key;
    private String pub;

    @BeforeEach
    void makeTwoReleasesAndAKey() throws Exception {
        oldJar = jar("a-1.jar", "class A { int m() { return 1; } }");
        newJar = jar("a-2.jar", "class A { int m() { return 2; } }");
        assertEquals(
                0, run("key", "generate", "--no-password", "-o", path("ci")).exitCode());
        key = path("ci.key");
        pub = path("ci.pub");
    }

    @Test
    void explainsAPlanForPeopleAndPrograms() throws Exception {
        CommandRun people = run("explain", oldJar, newJar);
        assertEquals(0, people.exitCode());
        assertTrue(people.out().startsWith("verdict: live\n"), people.out());
        assertTrue(people.out().contains("redefine  A"), people.out());
        JsonObject json = run("explain", oldJar, newJar, "--json").json();
        assertEquals("hotpatch/v1", json.string("apiVersion", 99));
        assertEquals("live", json.string("verdict", 99));
        assertEquals(1, json.object("classes").number("redefine", 0, 9));
        assertEquals(List.of(), json.objects("blocked", 9));
    }

    @Test
    void namesWhatIsBlockedAndWritesNothing() throws Exception {
        String more = jar("a-3.jar", "class A extends Thread { int m() { return 3; } }");
        CommandRun build = run("build", oldJar, more, "-o", path("out"), "--json");
        assertEquals(6, build.exitCode());
        JsonObject blocked = build.json().objects("blocked", 9).get(0);
        assertEquals("A", blocked.string("class", 99));
        assertEquals("", blocked.string("member", 99));
        assertEquals("hierarchy", blocked.string("reason", 99));
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void identicalSidesNeedNoPatch() {
        CommandRun build = run("build", oldJar, oldJar, "-o", path("out"));
        assertEquals(0, build.exitCode());
        assertTrue(build.out().contains("verdict: identical"), build.out());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void buildsSignsVerifiesAndPulls() throws Exception {
        assertEquals(0, build(path("out")).exitCode());
        CommandRun verified = run("verify", "oci:" + path("out"), "--key", pub, "--repository", REPOSITORY, "--json");
        assertEquals(0, verified.exitCode(), verified.err());
        assertEquals("live", verified.json().string("verdict", 99));
        assertEquals(
                0,
                run("pull", "oci:" + path("out"), "--key", pub, "--repository", REPOSITORY, "--live", path("live.zip"))
                        .exitCode());
        assertTrue(Files.size(folder.resolve("live.zip")) > 100);
    }

    @Test
    void sameInputSameBytes() throws Exception {
        build(path("one"));
        build(path("two"));
        assertEquals(patches("one"), patches("two"));
    }

    @Test
    void refusesWithItsOwnReasonAndExitCode() throws Exception {
        build(path("out"));
        String layout = "oci:" + path("out");
        run("key", "generate", "--no-password", "-o", path("other"));
        refuses("wrong-key", "verify", layout, "--key", path("other.pub"), "--repository", REPOSITORY);
        refuses("wrong-repository", "verify", layout, "--key", pub, "--repository", "reg.example/ns/b");
        run("build", oldJar, newJar, "-o", path("unsigned"));
        refuses("no-signature", "verify", "oci:" + path("unsigned"), "--key", pub, "--repository", REPOSITORY);
        Path blob = liveUnit(folder.resolve("out/blobs/sha256"));
        byte[] good = Files.readAllBytes(blob);
        byte[] altered = good.clone();
        altered[good.length / 2] ^= 1;
        Files.write(blob, altered);
        refuses("tampered", "verify", layout, "--key", pub, "--repository", REPOSITORY);
        Files.write(blob, java.util.Arrays.copyOf(good, good.length / 2));
        refuses("tampered", "pull", layout, "--key", pub, "--repository", REPOSITORY, "--live", path("live.zip"));
        assertFalse(Files.exists(folder.resolve("live.zip")));
    }

    @Test
    void pushesToARegistryAndSignsThere() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String repository = registry.host() + "/ns/app";
            assertEquals(0, run("build", oldJar, newJar, "-o", path("out")).exitCode());
            CommandRun pushed = run("push", "oci:" + path("out"), repository, "--json");
            assertEquals(0, pushed.exitCode(), pushed.err());
            assertTrue(pushed.err().contains("not signed"), pushed.err());
            String reference = pushed.json().string("reference", 300);
            refuses("no-signature", "verify", reference, "--key", pub);
            assertEquals(0, run("sign", reference, "--key", key).exitCode());
            assertEquals(0, run("verify", reference, "--key", pub).exitCode());
            assertEquals(0, run("explain", reference).exitCode());
            assertEquals(4, run("verify", repository + ":nope", "--key", pub).exitCode());
        }
    }

    @Test
    void dryRunWritesNothing() {
        assertEquals(
                0, run("build", oldJar, newJar, "-o", path("out"), "--dry-run").exitCode());
        assertEquals(
                0,
                run("key", "generate", "--no-password", "-o", path("k2"), "--dry-run")
                        .exitCode());
        assertFalse(Files.exists(folder.resolve("out")));
        assertFalse(Files.exists(folder.resolve("k2.key")));
    }

    @Test
    void neverOverwritesAKey() {
        CommandRun again = run("key", "generate", "--no-password", "-o", path("ci"));
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("is there already"), again.err());
    }

    @Test
    void tellsUsageMissingFilesAndNoAgentApart() {
        assertEquals(2, run("build", oldJar).exitCode());
        assertEquals(2, run("nonsense").exitCode());
        assertEquals(
                2, run("build", oldJar, newJar, "--key", key, "-o", path("out")).exitCode());
        assertEquals(4, run("explain", path("missing.jar"), newJar).exitCode());
        assertEquals(2, run("node", "run", "--key", pub, "--interval", "0").exitCode());
        assertEquals(
                2,
                run("node", "run", "--key", pub, "--cri", "none", "--prefetch").exitCode());
        CommandRun status = run("node", "status", "--state", path("nowhere"));
        assertEquals(1, status.exitCode());
        assertTrue(status.err().contains("hotpatch node run"), status.err());
        assertFalse(status.err().contains("\tat "), status.err());
    }

    @Test
    void keepsResultsAndEverythingElseApart() {
        CommandRun build = run("build", oldJar, newJar, "-o", path("out"), "--json");
        assertTrue(build.out().startsWith("{"), build.out());
        assertTrue(build.err().contains("not signed"), build.err());
    }

    @Test
    void completesVerbsInShells() {
        assertTrue(run("completion").out().contains("catalogue"));
    }

    private CommandRun build(String output) {
        return run("build", oldJar, newJar, "-o", output, "--key", key, "--repository", REPOSITORY);
    }

    /** The digest covers config and live unit. */
    private String patches(String layout) throws Exception {
        CommandRun verified = run("verify", "oci:" + path(layout), "--key", pub, "--repository", REPOSITORY, "--json");
        return verified.json().string("patch", 99);
    }

    private void refuses(String reason, String... arguments) throws Exception {
        String[] withJson = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        withJson[arguments.length] = "--json";
        CommandRun refused = run(withJson);
        assertEquals(5, refused.exitCode(), refused.err());
        assertEquals(reason, refused.json().string("reason", 99));
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Path liveUnit(Path blobs) throws Exception {
        try (var files = Files.list(blobs)) {
            return files.filter(file -> {
                        try {
                            return Files.readAllBytes(file)[0] == 'P';
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String jar(String name, String... sources) throws IOException {
        return CommandRun.jar(folder.resolve(name), sources);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, -1})
    void aFileThatIsNotTheWholeOfAJarIsRefused(int length) throws IOException {
        Path whole = Path.of(CommandRun.jar(folder.resolve("whole.jar"), "package p; class A { }"));
        byte[] bytes = Files.readAllBytes(whole);
        int kept = length < 0 ? bytes.length + length : length;
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(bytes, kept));
        for (String[] sides : new String[][] {{cut.toString(), whole.toString()}, {whole.toString(), cut.toString()}}) {
            CommandRun build = CommandRun.of(
                    "build", sides[0], sides[1], "-o", folder.resolve("out").toString());
            assertEquals(1, build.exitCode(), build.err());
            assertTrue(build.err().contains("cut.jar is no jar, or not the whole of one"), build.err());
            assertFalse(Files.exists(folder.resolve("out")));
        }
    }
}
