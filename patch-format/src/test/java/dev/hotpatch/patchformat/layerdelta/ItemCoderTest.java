package dev.hotpatch.patchformat.layerdelta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ItemCoderTest {
    private static final int CAPACITY = 1 << 20;

    /** Inserts everything: what is found is the encoder's business, not the code's. */
    private static final class Inserting implements ItemCoder.Finder {
        @Override
        public void known(int from, int to) {
            // Nothing is looked for.
        }

        @Override
        public ContentModel.Script find(int start, int stop, int likely) {
            // With a likely place: all but the last byte is copied from there, with whatever differs.
            int copy = likely < 0 ? 0 : stop - start - 1;
            return new ContentModel.Script() {
                @Override
                public int copy(int op) {
                    return copy;
                }

                @Override
                public int source(int op) {
                    return likely;
                }

                @Override
                public int insert(int op) {
                    return stop - start - copy;
                }
            };
        }
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    @Test
    void givesBackBytesAndClassFiles() throws IOException {
        byte[] random = new byte[5000];
        new Random(3).nextBytes(random);
        byte[] near = random.clone();
        near[700]++;
        byte[] old = classFile(ContentModel.class);
        byte[] now = classFile(ItemCoder.class);
        assertTrue(ItemCoder.isClass(old, now));

        BitEncoder encoder = new BitEncoder();
        ItemCoder out = ItemCoder.encoder(encoder, CAPACITY, known -> new Inserting());
        out.plain(new byte[0], random);
        out.plain(random, near);
        out.classFile(old, now);
        out.plain(new byte[0], new byte[0]);
        byte[] code = encoder.finish();

        ItemCoder in = ItemCoder.decoder(code, CAPACITY);
        assertArrayEquals(random, in.plain(new byte[0], null));
        assertArrayEquals(near, in.plain(random, null));
        assertArrayEquals(now, in.classFile(old, null));
        assertArrayEquals(new byte[0], in.plain(new byte[0], null));
    }

    @Test
    void damagedCodeGivesOtherBytesOrIsRefused() throws IOException {
        byte[] old = classFile(ContentModel.class);
        byte[] now = classFile(ItemCoder.class);
        BitEncoder encoder = new BitEncoder();
        ItemCoder.encoder(encoder, CAPACITY, known -> new Inserting()).classFile(old, now);
        byte[] code = encoder.finish();
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = code.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertTrue(ItemCoder.decoder(damaged, 1 << 16).classFile(old, null).length <= 1 << 16);
            } catch (LayerDeltaException expected) {
                // declared
            }
        }
    }
}
