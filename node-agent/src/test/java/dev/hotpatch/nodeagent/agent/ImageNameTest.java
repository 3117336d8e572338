package dev.hotpatch.nodeagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {
    private static final String DIGEST = "sha256:" + "c".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "reg.example/ns/app, reg.example/ns/app",
        "127.0.0.1:5000/app, 127.0.0.1:5000/app",
        "reg.example:5000/app:1.2, reg.example:5000/app",
        "app, app",
    })
    void readsRepositoryAndDigest(String name, String repository) {
        assertEquals(
                repository, ImageName.parse(name + "@" + DIGEST).orElseThrow().repository());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "@", "app@sha256:1", "app@md5:1", "a b@", "../x@", "app/@", "A/B@"})
    void refusesOtherText(String text) {
        String full = text.length() > 1 && text.endsWith("@") ? text + DIGEST : text;
        Optional<ImageName> parsed = ImageName.parse(full);
        assertEquals(Optional.empty(), parsed, full);
    }

    @Test
    void refusesLongNames() {
        assertEquals(Optional.empty(), ImageName.parse("a".repeat(401) + "@" + DIGEST));
    }
}
