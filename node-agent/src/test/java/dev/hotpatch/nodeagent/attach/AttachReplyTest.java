package dev.hotpatch.nodeagent.attach;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.proc.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttachReplyTest {
    @ParameterizedTest
    @ValueSource(strings = {"0\n0\n", "0\nreturn code: 0\n", "0\nreturn code: 0"})
    void loadingSucceeds(String reply) {
        assertDoesNotThrow(() -> parse(reply).requireLoaded());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0@100@ | HOOK_NOT_STARTED",
                "0@return code: 100@ | HOOK_NOT_STARTED",
                "0@return code: 102@ | HOOK_NOT_STARTED",
                "-1@java.lang.module.FindException: Module java.instrument not found@ | MODULE_MISSING",
                "0@Dynamic agent loading is not enabled. Use -XX:+EnableDynamicAgentLoading to launch target VM.@"
                        + " | DYNAMIC_LOADING_DISABLED",
                "0@Failed to load module java.instrument: exception@ | MODULE_MISSING",
                "0@@ | HOOK_NOT_STARTED",
                "101@@ | HOOK_NOT_STARTED",
            })
    void saysWhyLoadingFailed(String reply, Refusal reason) throws Exception {
        AttachReply parsed = parse(reply.replace('@', '\n'));
        assertEquals(
                reason,
                assertThrows(AttachException.class, parsed::requireLoaded).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "zero\n", "99999999999999999999\n", "0x1\n", "+1\n", " 0\n"})
    void refusesWhatHasNoCode(String reply) {
        assertEquals(
                Refusal.BAD_REPLY,
                assertThrows(AttachException.class, () -> parse(reply)).reason());
    }

    @Test
    void readsProperties() throws Exception {
        assertEquals(
                Map.of("a b", "ü\n", "c", ""),
                parse("0\n#comment\na\\ b=\\u00FC\\n\nc=\n").requireProperties());
        assertThrows(AttachException.class, () -> parse("0\na=\\u12").requireProperties());
        assertThrows(AttachException.class, () -> parse("1\na=b").requireProperties());
    }

    @Test
    void quotedTextCannotControlATerminal() {
        assertEquals("a b c", AttachReply.quoted("a\u001bb\u202ec"));
        assertTrue(AttachReply.quoted("x".repeat(5000)).length() < 400);
    }

    @Test
    void hostileBytesGiveNothingButAttachExceptions() {
        Random random = new Random(20260102);
        byte[] good = "0\n#c\na\\ b=\\u00FC\\n\nreturn code: 0\n".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            try {
                AttachReply reply = AttachReply.parse(cut);
                reply.requireProperties();
                reply.requireLoaded();
            } catch (AttachException expected) {
                assertTrue(expected.toString().length() < 1000);
            }
        }
    }

    private static AttachReply parse(String reply) throws AttachException {
        return AttachReply.parse(reply.getBytes(StandardCharsets.ISO_8859_1));
    }
}
