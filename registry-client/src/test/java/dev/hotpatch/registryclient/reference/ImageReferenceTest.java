package dev.hotpatch.registryclient.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "reg.example/team/app:1.0,           reg.example/team/app:1.0,   1.0",
        "reg.example:5000/app,               reg.example:5000/app,       latest",
        "localhost/app,                      localhost/app,              latest",
        "localhost:5000/a/b/c:x,             localhost:5000/a/b/c:x,     x",
        "[::1]:5000/app:1,                   [::1]:5000/app:1,           1",
        "busybox,                            docker.io/library/busybox,  latest",
        "team/app:2,                         docker.io/team/app:2,       2",
        "docker.io/busybox:1,                docker.io/library/busybox:1, 1",
        "index.docker.io/team/app,           docker.io/team/app,         latest",
        "registry-1.docker.io/library/x,     docker.io/library/x,        latest",
        "reg.example/a__b.c--d/e:T_.-,       reg.example/a__b.c--d/e:T_.-, T_.-",
    })
    void readsReferencesAsEverybodyDoes(String text, String full, String asked) {
        ImageReference reference = ImageReference.parse(text);
        assertEquals(full, reference.toString());
        assertEquals(asked, reference.asked());
        assertEquals(reference, ImageReference.parse(full));
    }

    @Test
    void asksForTheDigestWhenThereIsOne() {
        ImageReference reference = ImageReference.parse("reg.example/app:1@" + DIGEST);
        assertEquals(DIGEST, reference.asked());
        assertEquals("1", reference.tag().orElseThrow());
        assertEquals("reg.example/app:1@" + DIGEST, reference.toString());
        assertEquals("registry-1.docker.io", Repository.parse("busybox").endpoint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "@",
                "/",
                "reg.example/",
                "reg.example/App",
                "reg.example/a//b",
                "reg.example/app:",
                "reg.example/app:-x",
                "reg.example/app@sha256:1",
                "reg.example/app@md5:1",
                "reg.example/../x",
                "reg.example/a b",
                "http://reg.example/app",
                "user@reg.example/app",
                "reg.example:99999999/app",
                "reg.example:5000x/app",
                "-reg.example/app",
                "reg.example/app?x",
                "reg.example/a#b",
                "reg.example/a%2e"
            })
    void refusesEverythingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> ImageReference.parse(text));
    }

    @Test
    void refusesLongNamesAndTags() {
        assertThrows(IllegalArgumentException.class, () -> ImageReference.parse("reg.example/" + "a".repeat(250)));
        assertThrows(IllegalArgumentException.class, () -> ImageReference.parse("reg.example/a:" + "a".repeat(129)));
    }

    @Test
    void givesAnyTextAReferenceThatReadsBackOrAnIllegalArgument() {
        Random random = new Random(7);
        String signs = "abzA09._-/:@[]% sha256docker.io\u00e9";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                ImageReference reference = ImageReference.parse(text.toString());
                assertEquals(reference, ImageReference.parse(reference.toString()), text.toString());
            } catch (IllegalArgumentException e) {
                // The other allowed outcome.
            }
        }
    }
}
