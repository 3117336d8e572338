package dev.hotpatch.nodeagent.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CriMessagesTest {
    static byte[] containers() throws IOException {
        byte[] metadata = text(1, "app");
        byte[] label = join(text(1, "io.kubernetes.pod.name"), text(2, "web-0"));
        byte[] namespace = join(text(1, "io.kubernetes.pod.namespace"), text(2, "shop"));
        byte[] running = join(
                text(1, "c1"),
                text(2, "sandbox"),
                nested(3, metadata),
                nested(4, text(1, "reg.example/app:1")),
                text(5, "sha256:" + "0".repeat(64)),
                number(6, 1),
                number(7, 1234567890123L),
                nested(8, label),
                nested(8, namespace),
                text(99, "a field of later versions"));
        byte[] exited = join(text(1, "c2"), number(6, 2));
        return join(nested(1, running), nested(1, exited));
    }

    @Test
    void readsRunningContainersOnly() throws Exception {
        assertEquals(
                List.of(new CriContainer("c1", "app", "shop/web-0", "reg.example/app:1", "sha256:" + "0".repeat(64))),
                CriMessages.containers(containers()));
    }

    @Test
    void readsDigestsAndInfo() throws Exception {
        byte[] image = join(text(1, "id"), text(2, "a:1"), text(3, "a@sha256:1"), text(3, "b@sha256:2"));
        assertEquals(List.of("a@sha256:1", "b@sha256:2"), CriMessages.repoDigests(nested(1, image)));
        assertEquals(List.of(), CriMessages.repoDigests(new byte[0]));
        byte[] entry = join(text(1, "info"), text(2, "{\"pid\":12}"));
        assertEquals("{\"pid\":12}", CriMessages.containerInfo(join(nested(1, new byte[0]), nested(2, entry))));
    }

    @Test
    void readsTheDigestsOfAllImages() throws Exception {
        byte[] one = join(text(1, "id1"), text(2, "a:1"), text(3, "a@sha256:1"));
        byte[] two = join(text(1, "id2"), text(3, "a@sha256:2"), text(3, "b@sha256:2"), number(4, 7));
        assertEquals(
                List.of("a@sha256:1", "a@sha256:2", "b@sha256:2"),
                CriMessages.allRepoDigests(join(nested(1, one), nested(1, two), number(9, 1))));
        assertEquals("sha256:id", CriMessages.pulledImage(text(1, "sha256:id")));
    }

    @Test
    void hostileBytesGiveNothingButIoExceptions() throws Exception {
        Random random = new Random(20260104);
        byte[] good = containers();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = java.util.Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int n = random.nextInt(5); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                CriMessages.containers(bytes);
                CriMessages.repoDigests(bytes);
                CriMessages.allRepoDigests(bytes);
                CriMessages.containerInfo(bytes);
                CriMessages.version(bytes);
            } catch (IOException expected) {
                assertTrue(expected.getMessage() != null);
            }
        }
    }

    static byte[] text(int field, String value) throws IOException {
        return nested(field, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] nested(int field, byte[] value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(field, value);
        out.flush();
        return bytes.toByteArray();
    }

    static byte[] number(int field, long value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeInt64(field, value);
        out.flush();
        return bytes.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
