package dev.hotpatch.patchformat.layerdelta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/patch-format.md, section 5. */
final class WorkedExampleTest {
    private static final String RECIPE = "010000800400" + "0612" + "0201000005" + "010000fb4b00";

    private static final List<Op> OPS = List.of(
            new Op.Copy(0, 0, 512, 0),
            new Op.Group(18),
            new Op.Content(Op.Form.PLAIN, Source.raw(0, 512, 5)),
            new Op.Copy(0, 517, 9723, 0));

    @TempDir
    Path folder;

    /** Tells content by one stretch of the source, or as new where there is none. */
    private record OneStretch(byte[] known) implements ItemCoder.Finder {
        @Override
        public void known(int from, int to) {}

        @Override
        public ContentModel.Script find(int start, int stop, int likely) {
            boolean copied = likely >= 0;
            return new ContentModel.Script() {
                @Override
                public int copy(int op) {
                    return copied ? stop - start : 0;
                }

                @Override
                public int source(int op) {
                    return likely;
                }

                @Override
                public int insert(int op) {
                    return copied ? 0 : stop - start;
                }
            };
        }
    }

    private static byte[] tar(String content) {
        byte[] tar = new byte[10_240];
        System.arraycopy(content.getBytes(StandardCharsets.US_ASCII), 0, tar, 512, 5);
        tar[0] = 'a';
        return tar;
    }

    @Test
    void isWrittenAndReadAsDescribed() throws IOException {
        assertEquals(RECIPE, HexFormat.of().formatHex(Recipe.write(OPS)));
        assertEquals(OPS, Recipe.read(HexFormat.of().parseHex(RECIPE), 1));

        BitEncoder code = new BitEncoder();
        ItemCoder.encoder(code, 18, OneStretch::new)
                .plain("hello".getBytes(StandardCharsets.US_ASCII), "hallo".getBytes(StandardCharsets.US_ASCII));
        byte[] group = code.finish();
        byte[] target = tar("hallo");
        LayerDelta.Content content = new LayerDelta.Content(Digest.of(target), target.length);
        LayerDelta delta = new LayerDelta(
                List.of(new LayerDelta.Content(Digest.of(tar("hello")), target.length)),
                content,
                content,
                new LayerDelta.Framing.Plain());
        Path file = folder.resolve("delta");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LayerDeltaWriter.write(written, delta, OPS, List.of(group), OneStretch::new);
        Files.write(file, written.toByteArray());
        Path base = Files.write(folder.resolve("base"), tar("hello"));
        ByteArrayOutputStream rebuilt = new ByteArrayOutputStream();
        try (LayerDeltaFile read = LayerDeltaFile.open(file);
                FileChannel tar = FileChannel.open(base)) {
            assertEquals(delta, read.delta());
            LayerRebuild.rebuild(read, List.of(BaseTar.of(tar)), folder, false, rebuilt);
        }
        assertArrayEquals(target, rebuilt.toByteArray());
        assertEquals("3 in the group, 136 in all", group.length + " in the group, " + written.size() + " in all");
    }
}
