package dev.hotpatch.nodeagent.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.patchformat.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a containerd of its own, started for the test where it is installed. */
final class CriClientTest {
    @TempDir
    Path directory;

    @Test
    void saysThatNobodyAnswers() {
        try (CriClient client = new CriClient(directory.resolve("none.sock"), Duration.ofSeconds(5))) {
            CriException e = assertThrows(CriException.class, client::running);
            assertTrue(e.toString().contains("none.sock"), e.toString());
        }
    }

    @Test
    void asksARealContainerd() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/containerd")) && "root".equals(System.getProperty("user.name")),
                "needs containerd and root");
        Path socket = directory.resolve("containerd.sock");
        Path config = Files.writeString(directory.resolve("config.toml"), """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                [grpc]
                  address = "%1$s/containerd.sock"
                [plugins."io.containerd.grpc.v1.cri"]
                  restrict_oom_score_adj = true
                """.formatted(directory));
        Process containerd = new ProcessBuilder("/usr/bin/containerd", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try (CriClient client = new CriClient(socket, Duration.ofSeconds(20))) {
            assertTrue(answers(client).startsWith("containerd "));
            assertEquals(List.of(), client.running());
            assertEquals(List.of(), client.repoDigests("reg.example/none:1"));
            assertEquals(List.of(), client.repoDigests());
            assertEquals(Optional.empty(), client.unpacked(Digest.of(new byte[0])));
            assertThrows(CriException.class, () -> client.pull("127.0.0.1:1/none:1", Duration.ofSeconds(20)));
            CriException missing = assertThrows(CriException.class, () -> client.pid("0123456789abcdef"));
            assertTrue(missing.toString().contains("NOT_FOUND"), missing.toString());
        } finally {
            containerd.destroy();
            containerd.waitFor();
        }
    }

    /** It takes a moment until the socket is there and the plugin has started. */
    private static String answers(CriClient client) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return client.version();
            } catch (CriException e) {
                if (attempt == 200) {
                    throw e;
                }
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        }
    }
}
