package dev.hotpatch.patchformat.layerdelta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecipeTest {
    private static final Source INFLATED = new Source(Source.Kind.INFLATED, 2, 77, 500, 1200);

    private static final List<Op> OPS = List.of(
            new Op.Group(5000),
            new Op.Copy(1, 512, 1 << 20, 0),
            new Op.Define(0, 9, 100, 400),
            new Op.Zip(Source.raw(2, 60, 90)),
            new Op.Entry(Optional.of(DeflateParameters.zlib(6)), true, false, true, INFLATED),
            new Op.Content(Op.Form.CLASS, INFLATED),
            new Op.Content(Op.Form.PLAIN, Source.NONE),
            new Op.End(),
            new Op.Entry(Optional.empty(), false, true, false, Source.NONE),
            new Op.Deflate(DeflateParameters.go(1)),
            new Op.Deflate(DeflateParameters.zlib(6)),
            new Op.Known(Source.raw(0, 3, 4)),
            new Op.End(),
            new Op.End(),
            new Op.End(),
            new Op.EntryCopy(0, 1L << 33, true, true),
            new Op.End());

    @Test
    void readsWhatWasWritten() throws LayerDeltaException {
        assertEquals(OPS, Recipe.read(Recipe.write(OPS), 2));
    }

    @Test
    void refusesFilesThatTheBaseHasNot() {
        byte[] bytes = Recipe.write(List.of(new Op.Copy(2, 0, 1, 0)));
        assertThrows(LayerDeltaException.class, () -> Recipe.read(bytes, 2));
    }

    @Test
    void damagedRecipesAreReadOrRefused() {
        byte[] bytes = Recipe.write(OPS);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Recipe.read(damaged, 2);
            } catch (LayerDeltaException expected) {
                refused++;
            }
        }
        assertEquals(true, refused > 500, "refused " + refused);
    }
}
