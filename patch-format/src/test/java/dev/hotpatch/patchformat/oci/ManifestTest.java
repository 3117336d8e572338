package dev.hotpatch.patchformat.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.Mutations;
import dev.hotpatch.patchformat.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {
    private static final Descriptor BLOB =
            Descriptor.of(MediaTypes.LIVE, new byte[] {1}).withAnnotations(Map.of("k", "v"));
    private static final Manifest MANIFEST = Manifest.create(
            Optional.of(MediaTypes.PATCH), BLOB, List.of(BLOB, BLOB), Optional.of(BLOB), Map.of("a", "b"));

    @Test
    void readsBackWhatItWrites() throws JsonException {
        Manifest read = Manifest.parse(MANIFEST.bytes());
        assertEquals(MANIFEST.layers(), read.layers());
        assertEquals(MANIFEST.subject(), read.subject());
        assertEquals(MANIFEST.artifactType(), read.artifactType());
        assertEquals(MANIFEST.annotations(), read.annotations());
        assertEquals(MANIFEST.digest(), read.digest());
    }

    @Test
    void keepsForeignBytesAsTheyCame() throws JsonException {
        String spaced = new String(MANIFEST.bytes(), StandardCharsets.UTF_8).replace(",", " ,\n ");
        byte[] bytes = spaced.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(bytes, Manifest.parse(bytes).bytes());
        assertEquals(Digest.of(bytes), Manifest.parse(bytes).digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"schemaVersion\":2>\"schemaVersion\":1",
                "image.manifest.v1>image.index.v1",
                "\"size\":1>\"size\":-1",
                "\"size\":1>\"size\":1.5",
                "sha256:>sha512:",
                "\"layers\":[>\"layers\":[7,"
            })
    void refusesWhatIsNotAnImageManifest(String change) {
        String[] sides = change.split(">");
        String text = new String(MANIFEST.bytes(), StandardCharsets.UTF_8).replace(sides[0], sides[1]);
        assertThrows(JsonException.class, () -> Manifest.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void neverFailsOtherwiseOnMutatedBytes() {
        int refused = 0;
        for (byte[] mutant : Mutations.of(MANIFEST.bytes(), 5_000, 17)) {
            try {
                Manifest.parse(mutant);
            } catch (JsonException e) {
                refused++;
            }
        }
        assertTrue(refused > 1_000, "only " + refused + " refused");
    }
}
