package dev.hotpatch.nodeagent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.attach.AttachException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HookStateTest {
    private static final String LINE = "v=1;hook=0.1.0-SNAPSHOT;request=a-1;phase=refused;active=;code=class-mismatch"
            + ";message=a%20%C3%BC%0A%1B;loaded=3;pending=4;defined=5;loaders=6;skipped=1;preflightMicros=1200"
            + ";applyMicros=900;drain=2;drainThreads=main,%20pool-1";

    @Test
    void readsTheHooksLine() throws Exception {
        assertEquals(
                new HookState(
                        "0.1.0-SNAPSHOT",
                        "a-1",
                        HookState.Phase.REFUSED,
                        "",
                        "class-mismatch",
                        "a ü  ",
                        3,
                        4,
                        5,
                        6,
                        1,
                        1200,
                        900,
                        2,
                        "main, pool-1"),
                HookState.parse(LINE));
    }

    @Test
    void aHookThatCouldNotStartSaysLittle() throws Exception {
        HookState state = HookState.parse("v=1;phase=failed;code=internal;message=java.lang.Error");
        assertTrue(state.isTerminal());
        assertEquals("", state.request());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=1",
                "v=2;phase=done",
                "v=1;phase=odd",
                "v=1;phase=done;loaded=-1",
                "v=1;phase=done;phase=done",
                "v=1;phase=done;loaded=99999999999",
                "v=1;phase=done;message=%G0",
                "v=1;phase=done;message=%2",
                "v=1;phase=done;message=%FF",
                "v=1;phase=done;active=a/b",
                "v=1;phase=done;message=a b",
                "v=1;;",
            })
    void refusesOtherLines(String line) {
        assertThrows(AttachException.class, () -> HookState.parse(line));
    }

    @Test
    void whatIsEncodedIsReadBack() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("zip", "/tmp/ä;=%\n");
        fields.put("b", "");
        assertEquals(fields, HookFields.parse(HookFields.format(fields)).orElseThrow());
    }

    @Test
    void hostileLinesGiveNothingButAttachExceptions() {
        Random random = new Random(20260103);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(LINE);
            for (int n = random.nextInt(5); n >= 0; n--) {
                line.setCharAt(random.nextInt(line.length()), (char) random.nextInt(200));
            }
            try {
                HookState.parse(line.substring(0, random.nextInt(line.length())));
            } catch (AttachException expected) {
                assertTrue(expected.toString().contains(HookState.PROPERTY));
            }
        }
    }
}
