package dev.hotpatch.nodeagent.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.nodeagent.proc.Refusal;
import dev.hotpatch.nodeagent.target.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** JVMs of user 1000 behind chroot in a mount name space of their own, as a container runtime would set them up. */
final class ContainerTmpTest {
    private static final String MOUNTS = """
            set -e
            R="$1"; D="$2"; TMP="$3"; shift 3
            mkdir -p "$R/usr" "$R/proc" "$R/dev" "$R/etc" "$R$D/classes"
            for l in bin lib lib64; do ln -s "usr/$l" "$R/$l"; done
            cp -rL /etc/java-17-openjdk "$R/etc/"
            mount --rbind /usr "$R/usr"
            mount --bind /dev "$R/dev"
            mount --bind "$D/classes" "$R$D/classes"
            mount -t proc proc "$R/proc"
            eval "$TMP"
            exec chroot --userspec=1000:1000 "$R" "$@"
            """;

    private final ProcFs proc = ProcFs.system();
    private final AttachClient client = new AttachClient(proc, AttachTimeouts.DEFAULT);

    /** Not below /tmp, which is what these tests are about. */
    @TempDir(factory = VarTmp.class)
    Path directory;

    private Path root = Path.of("/");

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "mount name spaces need root");
        root = directory.resolve("root");
    }

    @Test
    void worksInsideTheContainersTmpAndNotTheHosts() throws Exception {
        try (ChildJvm child = start("mkdir -m 1777 $R/tmp")) {
            JvmProcess process = attachable(child);
            assertEquals(1, process.nsPid());
            try (AttachSession session = client.attach(process)) {
                String jar = session.stage(ChildJvm.probeJar(), "hook", ".jar");
                assertTrue(Files.exists(root.resolve(jar.substring(1))));
                assertFalse(Files.exists(Path.of(jar)));
                session.load(jar, "here");
                assertTrue(String.valueOf(session.properties().get("probe")).startsWith("here"));
            }
        }
    }

    @Test
    void replacesWhatAKilledAgentLeftAndLeavesForeignFilesAlone() throws Exception {
        try (ChildJvm child = start("mkdir -m 1777 $R/tmp");
                AttachSession session = client.attach(attachable(child))) {
            byte[] bytes = "content".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            String first = session.stage(bytes, "a", ".zip");
            Path file = root.resolve(first.substring(1));
            Files.writeString(file, "torn");
            assertEquals(first, session.stage(bytes, "a", ".zip"));
            assertEquals("content", Files.readString(file));

            Files.setAttribute(file, "unix:uid", 1000);
            String second = session.stage(bytes, "a", ".zip");
            assertFalse(first.equals(second), "another user's file is never used");
            assertTrue(Files.exists(file));
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/etc/hotpatch-must-not-appear"));
            String third = session.stage(bytes, "a", ".zip");
            assertFalse(first.equals(third));
            assertFalse(Files.exists(Path.of("/etc/hotpatch-must-not-appear")));
            assertFalse(Files.exists(root.resolve("etc/hotpatch-must-not-appear")));
        }
    }

    @Test
    void refusesATmpThatIsALinkAndTouchesNothing() throws Exception {
        Set<String> before = names(Path.of("/etc"));
        try (ChildJvm child = start("ln -s /etc $R/tmp")) {
            Set<String> inside = names(root.resolve("etc"));
            assertEquals(Refusal.TMP_ESCAPES, attachRefused(child));
            assertEquals(inside, names(root.resolve("etc")));
        }
        assertEquals(before, names(Path.of("/etc")));
    }

    @Test
    void refusesAReadOnlyTmp() throws Exception {
        try (ChildJvm child = start("mkdir $R/tmp; mount -t tmpfs -o ro none $R/tmp")) {
            AttachException refused = refused(child);
            assertEquals(Refusal.TMP_READ_ONLY, refused.reason());
            assertTrue(refused.toString().contains("emptyDir"), refused.toString());
            try (AttachSession session = client.attach(attachable(child))) {
                assertEquals(
                        Refusal.TMP_READ_ONLY,
                        assertThrows(AttachException.class, () -> session.stage(new byte[1], "a", ".zip"))
                                .reason());
            }
        }
    }

    @Test
    void refusesAContainerWithoutTmp() throws Exception {
        try (ChildJvm child = start("true")) {
            assertEquals(Refusal.TMP_MISSING, attachRefused(child));
        }
    }

    @Test
    void saysThatTmpIsFullAndLeavesNothing() throws Exception {
        try (ChildJvm child = start("mkdir $R/tmp; mount -t tmpfs -o mode=1777,size=16k none $R/tmp");
                AttachSession session = client.attach(attachable(child))) {
            assertEquals(
                    Refusal.TMP_FULL,
                    assertThrows(AttachException.class, () -> session.stage(new byte[100_000], "a", ".zip"))
                            .reason());
            session.unstage(session.stage(new byte[5000], "a", ".zip"));
        }
    }

    static final class VarTmp implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(Path.of("/var/tmp"), "hotpatch-");
        }
    }

    private Refusal attachRefused(ChildJvm child) throws IOException {
        return refused(child).reason();
    }

    private AttachException refused(ChildJvm child) throws IOException {
        JvmProcess process = attachable(child);
        return assertThrows(AttachException.class, () -> {
            try (AttachSession session = client.attach(process)) {
                session.properties();
            }
        });
    }

    private ChildJvm start(String tmp) throws IOException {
        Files.createDirectory(root);
        List<String> prefix = List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                MOUNTS,
                "sh",
                root.toString(),
                directory.toString(),
                tmp);
        return ChildJvm.start(ChildJvm.JDK_17, directory, prefix, List.of(), Map.of());
    }

    private JvmProcess attachable(ChildJvm child) throws IOException {
        return assertInstanceOf(Inspection.Attachable.class, proc.inspect(child.pid()))
                .process();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
