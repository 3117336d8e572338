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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against real child JVMs, as root, without containers. */
final class AttachClientTest {
    private static final List<String> ROOT = List.of();

    private final ProcFs proc = ProcFs.system();
    private final AttachClient client = new AttachClient(proc, AttachTimeouts.DEFAULT);

    @TempDir
    Path directory;

    static Stream<Path> jdks() {
        return Stream.of(ChildJvm.JDK_17, ChildJvm.JDK_25).filter(Files::isDirectory);
    }

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "attaching to other users' JVMs needs root");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void loadsAnAgentIntoAnotherUsersJvmAndReadsItsProperties(Path jdk) throws Exception {
        try (ChildJvm child = start(jdk, ChildJvm.asUser(1000), List.of())) {
            JvmProcess process = attachable(child);
            assertEquals(1000, process.euid());
            try (AttachSession session = client.attach(process)) {
                String jar = session.stage(ChildJvm.probeJar(), "hook", ".jar");
                Path onHost = Path.of(jar);
                assertEquals("r--r--r--", permissions(onHost));
                assertEquals(0, Files.getAttribute(onHost, "unix:uid"));
                assertEquals(jar, session.stage(ChildJvm.probeJar(), "hook", ".jar"), "used again");
                session.load(jar, "v=1;cmd=%3D");
                assertEquals("v=1;cmd=%3D\n=ütrue", session.properties().get("probe"));
                session.unstage(jar);
                assertFalse(Files.exists(onHost));
            }
            assertFalse(Files.exists(Path.of("/tmp/.attach_pid" + child.pid())));
            assertFalse(child.hasPrinted(), "nothing on the application's output");
        }
    }

    @Test
    void attachesToAJvmOfRoot() throws Exception {
        try (ChildJvm child = start(ChildJvm.JDK_17, ROOT, List.of());
                AttachSession session = client.attach(attachable(child))) {
            assertTrue(session.properties().containsKey("java.version"));
        }
    }

    @Test
    void saysThatTheJarOrTheAgentIsBad() throws Exception {
        try (ChildJvm child = start(ChildJvm.JDK_17, ChildJvm.asUser(1000), List.of());
                AttachSession session = client.attach(attachable(child))) {
            AttachException missing =
                    assertThrows(AttachException.class, () -> session.load("/tmp/.hotpatch-none.jar", ""));
            assertEquals(Refusal.HOOK_NOT_STARTED, missing.reason());
            String jar = session.stage(ChildJvm.probeJar(), "fail", ".jar");
            AttachException failed = assertThrows(AttachException.class, () -> session.load(jar, "fail"));
            assertTrue(failed.toString().contains("102"), failed.toString());
            session.unstage(jar);
        }
    }

    @Test
    void refusesAJvmWithoutTheAttachMechanism() throws Exception {
        try (ChildJvm child = start(ChildJvm.JDK_17, ROOT, List.of("-XX:+DisableAttachMechanism"))) {
            Inspection.Refused refused = assertInstanceOf(Inspection.Refused.class, proc.inspect(child.pid()));
            assertEquals(Refusal.ATTACH_DISABLED, refused.reason());
        }
    }

    /** With -Xrs the listener starts at boot: no signal is needed, and one would kill. */
    @Test
    void attachesWithoutASignalWhereSignalsAreReduced() throws Exception {
        try (ChildJvm child = start(ChildJvm.JDK_17, ChildJvm.asUser(1000), List.of("-Xrs"))) {
            JvmProcess process = attachable(child);
            assertFalse(process.signalHandled());
            try (AttachSession session = client.attach(process)) {
                assertTrue(session.properties().containsKey("java.version"));
            }
            assertTrue(child.isAlive());
        }
    }

    @Test
    void refusesAForeignSocketUnderTheJvmsName() throws Exception {
        try (ChildJvm child = start(ChildJvm.JDK_17, ChildJvm.asUser(1000), List.of())) {
            Path socket = Path.of("/tmp/.java_pid" + child.pid());
            try (AttachSession session = client.attach(attachable(child))) {
                try (var server = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
                    server.bind(java.net.UnixDomainSocketAddress.of(socket));
                    // Root's socket: the JVM's user may not even connect; either way nothing is sent.
                    Refusal closed = assertThrows(AttachException.class, session::properties)
                            .reason();
                    assertTrue(List.of(Refusal.PEER_NOT_TARGET, Refusal.NOT_PERMITTED)
                            .contains(closed));
                    Files.setPosixFilePermissions(
                            socket, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
                    assertEquals(
                            Refusal.PEER_NOT_TARGET,
                            assertThrows(AttachException.class, session::properties)
                                    .reason());
                }
                assertTrue(session.properties().containsKey("java.version"), "a dead socket is replaced");
            } finally {
                Files.deleteIfExists(socket);
            }
        }
    }

    @Test
    void aJvmThatEndsIsGone() throws Exception {
        JvmProcess process;
        try (ChildJvm child = start(ChildJvm.JDK_17, ROOT, List.of())) {
            process = attachable(child);
            try (AttachSession session = client.attach(process)) {
                child.end();
                assertEquals(
                        Refusal.JVM_GONE,
                        assertThrows(AttachException.class, session::properties).reason());
            }
        }
        assertEquals(
                Refusal.JVM_GONE,
                assertThrows(AttachException.class, () -> client.attach(process))
                        .reason());
    }

    @Test
    void aProcessWithAnotherStartTimeIsAnotherProcess() throws Exception {
        try (ChildJvm child = start(ChildJvm.JDK_17, ROOT, List.of())) {
            JvmProcess now = attachable(child);
            JvmProcess earlier = new JvmProcess(
                    now.pid(),
                    now.startTime() - 1,
                    now.nsPid(),
                    now.euid(),
                    now.egid(),
                    now.containerId(),
                    true,
                    false,
                    now.declaredImage());
            assertEquals(
                    Refusal.IDENTITY_CHANGED,
                    assertThrows(AttachException.class, () -> client.attach(earlier))
                            .reason());
        }
    }

    private ChildJvm start(Path jdk, List<String> prefix, List<String> options) throws IOException {
        return ChildJvm.start(jdk, directory, prefix, options, Map.of());
    }

    private JvmProcess attachable(ChildJvm child) throws IOException {
        return assertInstanceOf(Inspection.Attachable.class, proc.inspect(child.pid()))
                .process();
    }

    private static String permissions(Path file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
