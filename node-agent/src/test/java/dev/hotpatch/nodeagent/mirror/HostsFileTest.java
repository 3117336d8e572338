package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsFileTest {
    private static final String MIRROR = "http://127.0.0.1:5055";

    @TempDir
    Path folder;

    private HostsFile file(String mirror) {
        return new HostsFile(folder, "reg.example:5000", mirror, false);
    }

    @Test
    void writesOnceAndAgainWhenTheMirrorMoves() throws Exception {
        assertEquals(HostsFile.Outcome.WRITTEN, file(MIRROR).write());
        assertEquals(HostsFile.Outcome.UNCHANGED, file(MIRROR).write());
        assertEquals(HostsFile.Outcome.WRITTEN, file("http://127.0.0.1:6000").write());
        assertEquals("""
                # Written by hotpatch node hosts-toml, and replaced by it.
                [host."http://127.0.0.1:6000"]
                  capabilities = ["pull"]
                """, Files.readString(folder.resolve("reg.example:5000/hosts.toml")));
    }

    @Test
    void saysWhereARegistryWithPlainHttpIs() throws Exception {
        HostsFile file = new HostsFile(folder, "localhost:5000", MIRROR, true);
        assertEquals(HostsFile.Outcome.WRITTEN, file.write());
        assertEquals(
                "server = \"http://localhost:5000\"",
                Files.readAllLines(file.path()).get(1));
    }

    @Test
    void leavesTheFileOfSomebodyElseAsItIs() throws Exception {
        Path path = file(MIRROR).path();
        Files.createDirectories(path.getParent());
        Files.writeString(path, "server = \"https://other.example\"\n");
        assertEquals(HostsFile.Outcome.REFUSED, file(MIRROR).write());
        assertEquals("server = \"https://other.example\"\n", Files.readString(path));
        Files.writeString(
                path, "server = \"https://other.example\"\n" + file(MIRROR).entry());
        assertEquals(HostsFile.Outcome.UNCHANGED, file(MIRROR).write());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../etc", "a/b", "reg.example/ns", "-x", "a b"})
    void refusesWhatIsNoRegistry(String registry) {
        assertThrows(IllegalArgumentException.class, () -> new HostsFile(folder, registry, MIRROR, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://127.0.0.1:5055", "http://10.0.0.1:5055", "http://127.0.0.1:5055\"\nx"})
    void refusesWhatIsNoMirrorOfThisNode(String mirror) {
        assertThrows(IllegalArgumentException.class, () -> file(mirror));
    }
}
