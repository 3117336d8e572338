package dev.hotpatch.nodeagent.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_123L), ZoneOffset.UTC);
    private static final JvmKey JVM = new JvmKey("0123abcd", 42, 4711, "0123456789ab");
    private static final Digest PATCH = new Digest("a".repeat(64));

    @TempDir
    Path temporary;

    private Path directory = Path.of("unset");

    @BeforeEach
    void choose() {
        directory = temporary.resolve("state");
    }

    @Test
    void whatIsRecordedIsReadBack() throws Exception {
        try (StateDirectory state = open()) {
            Journal journal = state.journal(JVM, PATCH);
            journal.record(ApplyState.PULLED, "ok", "");
            journal.record(ApplyState.VERIFIED, "ok", "a b\nc ü");
            Journal again = state.journal(JVM, PATCH);
            assertEquals(journal.records(), again.records());
            assertEquals(
                    new JournalRecord(ApplyState.VERIFIED, CLOCK.instant(), "ok", "a b\nc ü"),
                    again.last().orElseThrow());
            assertEquals(1, state.journals().size());
            assertEquals(JVM, state.journals().get(0).jvm());
            state.forget(again);
            assertEquals(List.of(), state.journals());
        }
    }

    @Test
    void onlyKnownStepsFollowEachOther() throws Exception {
        try (StateDirectory state = open()) {
            Journal journal = state.journal(JVM, PATCH);
            assertThrows(IllegalStateException.class, () -> journal.record(ApplyState.APPLIED, "ok", ""));
            journal.record(ApplyState.PULLED, "ok", "");
            assertThrows(IllegalStateException.class, () -> journal.record(ApplyState.STAGED, "ok", ""));
            journal.record(ApplyState.FAILED, "timeout", "");
            assertThrows(IllegalStateException.class, () -> journal.record(ApplyState.VERIFIED, "ok", ""));
            journal.record(ApplyState.PULLED, "ok", "");
        }
    }

    /** Cut at every byte, as a crash may leave it: what was whole before is still there, and writing goes on. */
    @Test
    void aTornLastLineIsDroppedAndOverwritten() throws Exception {
        Path file;
        byte[] whole;
        try (StateDirectory state = open()) {
            Journal journal = state.journal(JVM, PATCH);
            journal.record(ApplyState.PULLED, "ok", "");
            journal.record(ApplyState.VERIFIED, "ok", "detail");
            file = journalFile();
            whole = Files.readAllBytes(file);
            int first = new String(whole, java.nio.charset.StandardCharsets.US_ASCII).indexOf('\n') + 1;
            for (int cut = first; cut < whole.length; cut++) {
                Files.write(file, java.util.Arrays.copyOf(whole, cut));
                Journal torn = state.journal(JVM, PATCH);
                assertEquals(ApplyState.PULLED, torn.last().orElseThrow().state(), "cut at " + cut);
                torn.record(ApplyState.VERIFIED, "ok", "detail");
                assertEquals(
                        ApplyState.VERIFIED,
                        state.journal(JVM, PATCH).last().orElseThrow().state());
            }
        }
    }

    @Test
    void damagedBytesNeverBecomeAState() throws Exception {
        Random random = new Random(20260105);
        try (StateDirectory state = open()) {
            Journal journal = state.journal(JVM, PATCH);
            journal.record(ApplyState.PULLED, "ok", "");
            journal.record(ApplyState.VERIFIED, "ok", "");
            Path file = journalFile();
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < 500; i++) {
                byte[] damaged = whole.clone();
                int at = random.nextInt(damaged.length);
                damaged[at] ^= (byte) (1 + random.nextInt(255));
                Files.write(file, damaged);
                List<JournalRecord> read = state.journal(JVM, PATCH).records();
                assertEquals(journal.records().subList(0, read.size()), read);
                assertTrue(read.size() < 2);
            }
            Files.write(file, new byte[200_000], StandardOpenOption.TRUNCATE_EXISTING);
            assertThrows(IOException.class, () -> state.journal(JVM, PATCH));
        }
    }

    @Test
    void aJournalStaysSmall() throws Exception {
        try (StateDirectory state = open()) {
            Journal journal = state.journal(JVM, PATCH);
            for (int i = 0; i < 120; i++) {
                journal.record(ApplyState.PULLED, "ok", "");
                journal.record(ApplyState.FAILED, "timeout", "x".repeat(2000));
            }
            assertTrue(Files.size(journalFile()) <= 64 * 1024);
            assertEquals(
                    "timeout", state.journal(JVM, PATCH).last().orElseThrow().code());
        }
    }

    @Test
    void theFaultPointIsReachedWhenTheStateIsOnDisk() throws Exception {
        List<String> seen = new ArrayList<>();
        try (StateDirectory state = StateDirectory.open(directory, CLOCK, reached -> {
            try {
                seen.add(reached + " " + Files.readString(journalFile()).contains(reached.name()));
            } catch (IOException e) {
                seen.add(e.toString());
            }
        })) {
            state.journal(JVM, PATCH).record(ApplyState.PULLED, "ok", "");
        }
        assertEquals(List.of("PULLED true"), seen);
    }

    @Test
    void oneAgentAtATimeAndNobodyElse() throws Exception {
        try (StateDirectory state = open()) {
            assertEquals(directory, state.path());
            IOException taken = assertThrows(IOException.class, this::open);
            assertTrue(taken.toString().contains("another node-agent"), taken.toString());
        }
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        assertTrue(assertThrows(IOException.class, this::open).toString().contains("0700"));
    }

    @Test
    void remembersWhatPeopleDoNotWant() throws Exception {
        try (StateDirectory state = open()) {
            assertFalse(state.isStopped());
            state.withhold(PATCH, "rolled back by hand");
        }
        try (StateDirectory state = open()) {
            assertTrue(state.isWithheld(PATCH));
            assertEquals(List.of(PATCH), state.withheld());
            state.release(PATCH);
            state.release(PATCH);
            assertFalse(state.isWithheld(PATCH));
            Files.createFile(directory.resolve("stop"));
            assertTrue(state.isStopped());
        }
    }

    private StateDirectory open() throws IOException {
        return StateDirectory.open(directory, CLOCK, FaultPoint.NONE);
    }

    private Path journalFile() throws IOException {
        try (var files = Files.list(directory.resolve("journal"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
