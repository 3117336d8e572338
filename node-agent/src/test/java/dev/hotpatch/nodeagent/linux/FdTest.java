package dev.hotpatch.nodeagent.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FdTest {
    @TempDir
    Path root;

    @Test
    void absoluteLinksStayInsideTheRoot() throws IOException {
        Files.createDirectory(root.resolve("etc"));
        Files.createSymbolicLink(root.resolve("tmp"), Path.of("/etc"));
        try (Fd fd = open()) {
            try (Fd created = fd.open("tmp/hotpatch-test", 0600, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE)) {
                assertTrue(created.status().isRegular());
            }
        }
        assertTrue(Files.exists(root.resolve("etc/hotpatch-test")));
        assertFalse(Files.exists(Path.of("/etc/hotpatch-test")));
    }

    @Test
    void refusesALinkAsLastElement() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("nowhere"));
        try (Fd fd = open()) {
            LinuxException refused = assertThrows(
                    LinuxException.class,
                    () -> fd.open("link", 0, OpenFlag.NO_FOLLOW).close());
            assertEquals(Errno.ELOOP, refused.errno());
            assertTrue(refused.toString().contains("ELOOP"), refused.toString());
            try (Fd link = fd.open("link", 0, OpenFlag.NO_FOLLOW, OpenFlag.PATH)) {
                assertTrue(link.status().isSymbolicLink());
            }
        }
    }

    @Test
    void belowAFolderNoLinkIsFollowedAndNothingLeadsUp() throws IOException {
        Files.createDirectory(root.resolve("real"));
        Files.writeString(root.resolve("real/file"), "content");
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
        try (Fd fd = open()) {
            try (InputStream content = content(fd, "real/file")) {
                assertArrayEquals("content".getBytes(StandardCharsets.UTF_8), content.readAllBytes());
            }
            for (String path : new String[] {"link/file", "/real/file", "../x"}) {
                int errno = assertThrows(
                                LinuxException.class,
                                () -> fd.openBelow(path, OpenFlag.PATH).close(),
                                path)
                        .errno();
                assertEquals(path.startsWith("link") ? Errno.ELOOP : Errno.EXDEV, errno, path);
            }
        }
    }

    private static InputStream content(Fd folder, String path) throws IOException {
        try (Fd file = folder.openBelow(path, OpenFlag.PATH)) {
            return file.content();
        }
    }

    @Test
    void refusesMagicLinks() throws IOException {
        try (Fd slash = Fd.openTrusted("/", OpenFlag.PATH, OpenFlag.DIRECTORY)) {
            assertThrows(
                    LinuxException.class,
                    () -> slash.open("proc/self/root/etc/passwd", 0).close());
        }
    }

    @Test
    void tellsTypeOwnerModeAndSize() throws IOException {
        Path file = Files.write(root.resolve("file"), new byte[1234]);
        try (Fd fd = open();
                Fd opened = fd.open("file", 0, OpenFlag.PATH)) {
            opened.reopen(OpenFlag.WRITE).close();
            FileStatus status = opened.status();
            assertTrue(status.isRegular());
            assertEquals(1234, status.size());
            assertEquals(1, status.links());
            assertEquals(Files.getAttribute(file, "unix:uid"), status.uid());
            assertEquals(Files.getAttribute(file, "unix:ino"), status.inode());
            assertEquals((int) Files.getAttribute(file, "unix:mode") & 0xFFF, status.permissions());
        }
    }

    @Test
    void writesAndReadsBackMoreThanOneChunk() throws IOException {
        byte[] bytes = "0123456789".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        try (Fd fd = open()) {
            try (Fd out = fd.open("big", 0600, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE)) {
                out.writeAll(bytes);
                out.changeMode(0444);
            }
            try (Fd in = fd.open("big", 0)) {
                assertArrayEquals(bytes, in.readAll(bytes.length));
            }
            try (Fd in = fd.open("big", 0)) {
                assertEquals(
                        Errno.EOVERFLOW,
                        assertThrows(LinuxException.class, () -> in.readAll(bytes.length - 1))
                                .errno());
            }
            fd.unlink("big");
            assertFalse(Files.exists(root.resolve("big")));
            assertThrows(IllegalArgumentException.class, () -> fd.unlink("../big"));
        }
    }

    private Fd open() throws LinuxException {
        return Fd.openTrusted(root.toString(), OpenFlag.PATH, OpenFlag.DIRECTORY);
    }
}
