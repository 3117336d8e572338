package dev.hotpatch.systemtests.cve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.systemtests.jvm.AttachedHook;
import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.cve.Attempt;
import dev.hotpatch.testdata.cve.RunningVictim;
import dev.hotpatch.testdata.cve.VictimJars;
import dev.hotpatch.testdata.cve.Vulnerability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every vulnerability: the attack works on the old release, the new release refuses it, and a running process goes from
 * one to the other and back. {@code HOTPATCH_VICTIM_JDK} names the release of Java that runs the victims, if not the one of the tests.
 */
abstract class LivePatchedVictim {
    private final Vulnerability vulnerability;
    private final String ordinaryAnswer;
    private final String refusal;

    @TempDir
    Path folder;

    private VictimJars jars;
    private Jdk jdk;

    /**
     * @param ordinaryAnswer what a victim says to an honest client
     * @param refusal part of what the fixed library says when it refuses the attack
     */
    LivePatchedVictim(Vulnerability vulnerability, String ordinaryAnswer, String refusal) {
        this.vulnerability = vulnerability;
        this.ordinaryAnswer = ordinaryAnswer;
        this.refusal = refusal;
    }

    /** The patch from the vulnerable release to the fixed one; all of that, unless a subclass says otherwise. */
    LibraryPatch patch(VictimJars of, Path scratch) throws IOException {
        return LibraryPatch.build(of.vulnerable(), of.fixed(), scratch);
    }

    /** A folder with one class of ours, as {@code --effects} takes it. */
    static Path effects(Class<?> type, Path scratch) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        Path file = scratch.resolve("effects").resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream in = Objects.requireNonNull(type.getClassLoader().getResourceAsStream(path))) {
            Files.copy(in, file);
        }
        return scratch.resolve("effects");
    }

    @BeforeEach
    void fetch() throws Exception {
        jars = VictimJars.fetch(vulnerability.program(), MavenArtifacts.fromEnvironment(System.getenv()), folder);
        String feature = System.getenv("HOTPATCH_VICTIM_JDK");
        jdk = feature == null
                ? Jdk.running()
                : Jdk.find(Integer.parseInt(feature), CacheFolder.fromEnvironment(System.getenv()))
                        .orElseThrow(() -> new IOException("no JDK " + feature + " on this machine"));
    }

    @Test
    final void oldReleaseIsOpenToTheAttack() throws Exception {
        try (RunningVictim victim = jars.start(jdk.launcher(), jars.vulnerable())) {
            assertOpen(victim);
        }
    }

    @Test
    final void newReleaseRefusesTheAttack() throws Exception {
        try (RunningVictim victim = jars.start(jdk.launcher(), jars.fixed())) {
            assertRefuses(victim);
        }
    }

    @Test
    final void runningProcessRefusesTheAttackFromPatchToRollBack() throws Exception {
        try (RunningVictim victim = jars.start(jdk.launcher(), jars.vulnerable())) {
            assertOpen(victim);
            LibraryPatch patch = patch(jars, folder);
            Path liveUnit = patch.liveUnitOrThrow();
            try (AttachedHook hook = AttachedHook.attach(victim.jvm().pid(), folder)) {
                for (int cycle = 1; cycle <= 2; cycle++) {
                    HookState applied = hook.apply(liveUnit);
                    assertEquals("ok", applied.code(), applied.message());
                    assertRefuses(victim);
                    HookState rolledBack = hook.rollback();
                    assertEquals("ok", rolledBack.code(), rolledBack.message());
                    assertOpen(victim);
                }
            }
            assertTrue(victim.jvm().isAlive());
            assertEquals(
                    1,
                    victim.jvm().output().stream()
                            .filter(line -> line.startsWith("READY "))
                            .count());
        }
    }

    private void assertOpen(RunningVictim victim) throws Exception {
        assertEquals(ordinaryAnswer, vulnerability.use(victim));
        Attempt attempt = vulnerability.attack(victim);
        assertTrue(attempt.succeeded(), attempt.evidence());
        assertEquals(ordinaryAnswer, vulnerability.use(victim));
    }

    private void assertRefuses(RunningVictim victim) throws Exception {
        assertEquals(ordinaryAnswer, vulnerability.use(victim));
        Attempt attempt = vulnerability.attack(victim);
        assertFalse(attempt.succeeded(), attempt.evidence());
        assertTrue(attempt.evidence().contains(refusal), attempt.evidence());
        assertEquals(ordinaryAnswer, vulnerability.use(victim));
    }
}
