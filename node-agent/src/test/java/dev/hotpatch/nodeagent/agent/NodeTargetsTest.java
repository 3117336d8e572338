package dev.hotpatch.nodeagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.cri.ContainerRuntime;
import dev.hotpatch.nodeagent.cri.CriContainer;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.nodeagent.proc.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a made-up /proc. */
final class NodeTargetsTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String DIGEST = "@sha256:" + "d".repeat(64);
    private static final ContainerRuntime RUNTIME = new ContainerRuntime() {
        @Override
        public List<CriContainer> running() {
            return List.of(new CriContainer(ID, "app", "shop/web-0", "reg.example/app:1", "sha256:config"));
        }

        @Override
        public List<String> repoDigests(String image) {
            return image.equals("sha256:config") ? List.of("reg.example/app" + DIGEST, "bad") : List.of();
        }
    };

    @TempDir
    Path proc;

    @BeforeEach
    void boot() throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "01234567-89ab-cdef-0123-456789abcdef\n");
        Files.createDirectory(proc.resolve("self"));
    }

    @Test
    void joinsProcessesWithContainersAndImages() throws Exception {
        process(10, "libjvm.so", "0::/kubepods/pod1/cri-containerd-" + ID + ".scope", "java\0Main\0", "");
        process(11, "libjvm.so", "0::/", "java\0Main\0", "HOTPATCH_IMAGE=reg.example/tool" + DIGEST + "\0");
        process(12, "libc.so.6", "0::/", "sh\0", "");
        process(13, "libj9vm29.so", "0::/", "java\0", "");
        process(14, "libjvm.so", "0::/", "java\0-XX:+DisableAttachMechanism\0Main\0", "HOTPATCH_IMAGE=nonsense\0");
        process(99, "libjvm.so", "0::/", "hotpatch\0", "");
        Files.createDirectory(proc.resolve("15"));
        NodeTargets targets = new NodeTargets(new ProcFs(proc, 99), Optional.of(RUNTIME));

        List<Target> found = targets.find();

        assertEquals(
                List.of(10, 11, 13, 14), found.stream().map(t -> t.key().pid()).toList());
        assertEquals("shop/web-0 app", found.get(0).where());
        assertEquals(
                new JvmKey("01234567", 10, 1010, ID.substring(0, 12)),
                found.get(0).key());
        assertEquals(
                List.of("reg.example/app" + DIGEST),
                found.get(0).images().stream().map(ImageName::toString).toList());
        assertEquals(List.of(), found.get(1).images());
        assertEquals(Refusal.NOT_HOTSPOT, refusal(found.get(2)));
        assertEquals(Refusal.ATTACH_DISABLED, refusal(found.get(3)));
        assertEquals(List.of(), found.get(3).images());
        assertTrue(targets.isAlive(found.get(0).key()));
        assertFalse(targets.isAlive(new JvmKey("01234567", 10, 1011, "host")));
        assertFalse(targets.isAlive(new JvmKey("76543210", 10, 1010, "host")));
        assertFalse(targets.isAlive(new JvmKey("01234567", 77, 1010, "host")));
    }

    @Test
    void hearsWhatAProcessSaysOfItsImageOnlyWhereThereIsNoRuntimeToAsk() throws Exception {
        process(11, "libjvm.so", "0::/", "java\0Main\0", "HOTPATCH_IMAGE=reg.example/tool" + DIGEST + "\0");
        NodeTargets targets = new NodeTargets(new ProcFs(proc, 99), Optional.empty());
        assertEquals("reg.example/tool", targets.find().get(0).images().get(0).repository());
    }

    private static Refusal refusal(Target target) {
        return ((Inspection.Refused) target.inspection()).reason();
    }

    private void process(int pid, String library, String cgroup, String commandLine, String environment)
            throws IOException {
        Path folder = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        Files.writeString(
                folder.resolve("status"),
                "Name:\tjava\nState:\tS (sleeping)\nTgid:\t" + pid + "\nUid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\nNSpid:\t"
                        + pid + "\t1\nSigCgt:\t0000000000000004\n");
        Files.writeString(
                folder.resolve("stat"),
                pid + " (java) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 30 0 " + (1000 + pid) + " 1 2 3 4\n");
        Files.writeString(folder.resolve("cgroup"), cgroup + "\n");
        Files.writeString(folder.resolve("maps"), "1-2 r-xp 0 0:0 1 /usr/lib/" + library + "\n");
        Files.writeString(folder.resolve("cmdline"), commandLine);
        Files.writeString(folder.resolve("environ"), environment);
    }
}
