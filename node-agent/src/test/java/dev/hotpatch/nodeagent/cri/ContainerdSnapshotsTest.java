package dev.hotpatch.nodeagent.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContainerdSnapshotsTest {
    private static byte[] reply(String type, String source, List<String> options) throws IOException {
        byte[] mount = Proto.message(out -> {
            out.writeString(1, type);
            out.writeString(2, source);
            for (String option : options) {
                out.writeString(4, option);
            }
        });
        return Proto.message(out -> out.writeByteArray(1, mount));
    }

    @Test
    void theUppermostFolderOfAViewIsTheLayersOwn() throws IOException {
        assertEquals(
                Optional.of(Path.of("/c/snapshots/3/fs")),
                ContainerdSnapshots.folder(reply(
                        "overlay",
                        "overlay",
                        List.of("index=off", "lowerdir=/c/snapshots/3/fs:/c/snapshots/2/fs:/c/snapshots/1/fs"))));
    }

    @Test
    void theOnlyLayerIsBound() throws IOException {
        assertEquals(
                Optional.of(Path.of("/c/snapshots/1/fs")),
                ContainerdSnapshots.folder(reply("bind", "/c/snapshots/1/fs", List.of("ro", "rbind"))));
    }

    @Test
    void otherMountsAreNotUnderstood() throws IOException {
        assertEquals(Optional.empty(), ContainerdSnapshots.folder(new byte[0]));
        assertEquals(Optional.empty(), ContainerdSnapshots.folder(reply("erofs", "/dev/x", List.of())));
        assertEquals(
                Optional.empty(),
                ContainerdSnapshots.folder(reply("overlay", "overlay", List.of("lowerdir=/a\\:b:/c"))));
    }
}
