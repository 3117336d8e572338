package dev.hotpatch.nodeagent.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcParsersTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String STATUS = """
            Name:\tjava
            Umask:\t0022
            State:\tS (sleeping)
            Tgid:\t4242
            Ngid:\t0
            Pid:\t4242
            PPid:\t4200
            TracerPid:\t0
            Uid:\t1000\t1001\t1000\t1001
            Gid:\t2000\t2001\t2000\t2001
            FDSize:\t64
            Groups:\t2000
            NStgid:\t4242\t7
            NSpid:\t4242\t17\t7
            NSpgid:\t4242\t7
            SigCgt:\t2000000181005ccf
            CapInh:\t0000000000000000
            """;

    @Test
    void readsTheEffectiveUserAndTheInnermostPid() throws Exception {
        ProcStatus status = ProcStatus.parse(STATUS);
        assertEquals(new ProcStatus('S', 4242, 7, 1001, 2001, 0x2000000181005ccfL), status);
        assertTrue(status.catches(3));
        assertFalse(status.catches(9));
    }

    @Test
    void theNameCannotFakeALine() throws Exception {
        ProcStatus status = ProcStatus.parse(STATUS.replace("Name:\tjava", "Name:\tUid:\t0\t0\\nUid:\t0"));
        assertEquals(1001, status.euid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tgid:\t4242", "Uid:\t1000\t1001", "SigCgt:\t2000000181005ccf", "State:\tS"})
    void namesTheLineThatIsWrong(String line) {
        String key = line.substring(0, line.indexOf(':'));
        for (String bad : List.of("", key + ":\t", key + ":\t99999999999999999999999", key + ":\tx")) {
            if (key.equals("State") && bad.length() > "State:\t".length()) {
                continue;
            }
            String broken = STATUS.replaceAll("(?m)^" + key + ":.*$", bad.replace("\\", "\\\\"));
            ProcFormatException e = assertThrows(ProcFormatException.class, () -> ProcStatus.parse(broken), bad);
            assertTrue(e.toString().contains(key), e.toString());
        }
    }

    @Test
    void readsTheStartTimeBehindAnyName() throws Exception {
        String rest = " S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 30 0 987654 1 2 3 4\n";
        assertEquals(987654, ProcStat.parse("42 (java)" + rest).startTime());
        assertEquals(987654, ProcStat.parse("42 (a) S 1 (b) )" + rest).startTime());
        assertThrows(ProcFormatException.class, () -> ProcStat.parse("42 java S 1"));
        assertThrows(ProcFormatException.class, () -> ProcStat.parse("42 (java) S 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-@.scope",
                "4:memory:/kubepods/besteffort/podabc/@",
                "0::/system.slice/containerd.service/kubepods-besteffort-pod1.slice:cri-containerd:@",
                "0::/docker/@",
                "0::/system.slice/docker-@.scope",
                "0::/machine.slice/libpod-@.scope/container",
                "3:cpu:/libpod_parent/libpod-@",
                "0::/kubepods.slice/crio-@.scope",
                "0::/../../pod1/@",
            })
    void findsTheContainer(String line) {
        assertEquals(
                Optional.of(ID),
                ContainerId.of("2:pids:/\n" + line.replace("@", ID) + "\n1:name=systemd:/user.slice\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0::/", "0::/user.slice", "0::/libpod-conmon-@.scope", "nonsense", "0::/@ab", "0:/@"})
    void aHostProcessHasNoContainer(String line) {
        assertEquals(Optional.empty(), ContainerId.of(line.replace("@", ID)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java -XX:+DisableAttachMechanism -jar a.jar || true | false",
                "java -cp x Main -XX:+DisableAttachMechanism || false | false",
                "java -XX:+DisableAttachMechanism -XX:-DisableAttachMechanism Main || false | false",
                "java Main | JAVA_TOOL_OPTIONS=-Xmx1g  -XX:+DisableAttachMechanism | true | false",
                "java -XX:-DisableAttachMechanism Main | JAVA_TOOL_OPTIONS=-XX:+DisableAttachMechanism | false | false",
                "java Main | JDK_JAVA_OPTIONS=-XX:+DisableAttachMechanism | true | false",
                "java -XX:-DisableAttachMechanism Main | _JAVA_OPTIONS=-XX:+DisableAttachMechanism | true | false",
                "java @options Main || false | true",
            })
    void seesWhetherAttachIsDisabled(String line, String variable, boolean disabled, boolean files) {
        Map<String, String> environment =
                variable == null ? Map.of() : Map.of(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        assertEquals(new JvmOptions(disabled, files), JvmOptions.of(List.of(line.split(" ")), environment));
    }

    @Test
    void seesWhichVirtualMachineIsMapped() throws Exception {
        String hotspot = "7f0-7f1 r-xp 00000000 fe:00 1 /usr/lib/jvm/lib/server/libjvm.so\n";
        assertEquals(Optional.of("libjvm.so"), mapped("1-2 r--p 0 0:0 0 [heap]\n" + hotspot));
        assertEquals(Optional.of("libjvm.so"), mapped(hotspot.replace(".so\n", ".so (deleted)\n")));
        assertEquals(Optional.empty(), mapped(hotspot.replace("r-xp", "r--p")));
        assertEquals(Optional.of("libj9vm29.so"), mapped(hotspot.replace("libjvm", "libj9vm29")));
        assertEquals(Optional.empty(), mapped(hotspot.replace("libjvm", "libjvm2")));
        assertEquals(Optional.empty(), mapped("/\n\n \n/libjvm.so"));
    }

    @Test
    void readsEnvironmentAndArguments() {
        byte[] bytes = "A=1\0B=x=y\0bad\0A=2\0last=z".getBytes(StandardCharsets.UTF_8);
        assertEquals(Map.of("A", "1", "B", "x=y", "last", "z"), ProcFs.environment(bytes));
    }

    /** Whatever bytes come, the parsers answer or throw their own exception. */
    @Test
    void hostileBytesGiveNothingButFormatExceptions() throws Exception {
        Random random = new Random(20260101);
        String stat = "42 (java) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 30 0 987654 1 2 3 4\n";
        for (int i = 0; i < 20_000; i++) {
            String status = mutated(STATUS, random);
            String other = mutated(stat, random);
            ContainerId.of(mutated("0::/docker/" + ID, random));
            mapped(mutated("7f0-7f1 r-xp 00000000 fe:00 1 /usr/libjvm.so\n", random));
            try {
                ProcStatus.parse(status);
            } catch (ProcFormatException expected) {
                assertTrue(expected.toString().length() < 300);
            }
            try {
                ProcStat.parse(other);
            } catch (ProcFormatException expected) {
                assertTrue(expected.toString().length() < 300);
            }
        }
    }

    static String mutated(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int n = 1 + random.nextInt(4); n > 0 && changed.length() > 0; n--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(300));
                case 1 -> changed.deleteCharAt(at);
                case 2 -> changed.insert(at, changed.substring(at, Math.min(changed.length(), at + 30)));
                default -> changed.setLength(at);
            }
        }
        return changed.toString();
    }

    private static Optional<String> mapped(String maps) throws java.io.IOException {
        return ProcFs.virtualMachine(maps.getBytes(StandardCharsets.UTF_8));
    }
}
