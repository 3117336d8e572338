package dev.hotpatch.nodeagent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThreadCredentialsTest {
    @TempDir
    Path directory;

    @Test
    void onlyTheActionsThreadChanges() throws Exception {
        assumeTrue(Libc.geteuid() == 0, "needs root");
        String inside = ThreadCredentials.callAs(1000, 1001, () -> {
            String groups = Files.readString(Path.of("/proc/thread-self/status"))
                    .lines()
                    .filter(line -> line.startsWith("Groups:"))
                    .findFirst()
                    .orElseThrow()
                    .strip();
            return Libc.geteuid() + ":" + Libc.getegid() + " " + groups;
        });
        assertEquals("1000:1001 Groups:", inside);
        assertEquals(0, Libc.geteuid());
        assertEquals(0, Libc.getegid());
    }

    @Test
    void theActionsFailureReachesTheCaller() {
        assumeTrue(Libc.geteuid() == 0, "needs root");
        IOException failure = assertThrows(
                IOException.class,
                () -> ThreadCredentials.callAs(1000, 1000, () -> {
                    throw new IOException("as 1000");
                }));
        assertEquals("as 1000", failure.getMessage());
    }

    @Test
    void connectsAndTalksAsTheOtherUser() throws Exception {
        assumeTrue(Libc.geteuid() == 0, "needs root");
        Path path = directory.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (Fd file = Fd.openTrusted(path.toString(), OpenFlag.PATH, OpenFlag.NO_FOLLOW)) {
                Files.setPosixFilePermissions(
                        path, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
                Deadline deadline = Deadline.after(Duration.ofSeconds(5));
                try (UnixStream stream =
                        ThreadCredentials.callAs(1000, 1000, () -> UnixStream.connect(file, deadline))) {
                    assertEquals(ProcessHandle.current().pid(), stream.peer().pid());
                    try (SocketChannel accepted = server.accept()) {
                        stream.write("ping".getBytes(StandardCharsets.US_ASCII), deadline);
                        ByteBuffer buffer = ByteBuffer.allocate(4);
                        assertEquals(4, accepted.read(buffer));
                        accepted.write(ByteBuffer.wrap("pong".getBytes(StandardCharsets.US_ASCII)));
                    }
                    assertEquals("pong", new String(stream.readToEnd(4, deadline), StandardCharsets.US_ASCII));
                }
            }
        }
    }

    @Test
    void readingEndsAtTheDeadline() throws Exception {
        Path path = directory.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (Fd file = Fd.openTrusted(path.toString(), OpenFlag.PATH);
                    UnixStream stream = UnixStream.connect(file, Deadline.after(Duration.ofSeconds(5)))) {
                LinuxException late = assertThrows(
                        LinuxException.class, () -> stream.readToEnd(10, Deadline.after(Duration.ofMillis(20))));
                assertEquals(Errno.ETIMEDOUT, late.errno());
            }
        }
    }

    @Test
    void aProcessDescriptorSeesTheEnd() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        try (PidFd fd = PidFd.open((int) child.pid())) {
            assertTrue(fd.isAlive());
            fd.signal(9);
            child.waitFor();
            assertTrue(!fd.isAlive());
            assertEquals(
                    Errno.ESRCH,
                    assertThrows(LinuxException.class, () -> fd.signal(9)).errno());
        }
    }
}
