package dev.hotpatch.patchformat.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonObjectTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{a:1}", "null", "{\"a\":1}{}"})
    void refusesWhatIsNotExactlyOneObject(String text) {
        JsonException e = assertThrows(JsonException.class, () -> parse(text));
        assertTrue(e.getMessage().startsWith("thing: "), e.getMessage());
    }

    @Test
    void refusesDeepNesting() {
        String text = "{\"a\":".repeat(JsonObject.MAX_DEPTH + 1) + "1" + "}".repeat(JsonObject.MAX_DEPTH + 1);
        assertThrows(JsonException.class, () -> parse(text));
    }

    @Test
    void namesTheFieldAndBothSidesInErrors() throws JsonException {
        JsonObject json = parse("{\"size\":\"3\",\"count\":-1,\"big\":99999999999999999999}");
        assertEquals(
                "thing.size: expected a whole number, found string",
                assertThrows(JsonException.class, () -> json.number("size", 0, 9))
                        .getMessage());
        assertEquals(
                "thing.count: -1 is outside 0..9",
                assertThrows(JsonException.class, () -> json.number("count", 0, 9))
                        .getMessage());
        assertThrows(JsonException.class, () -> json.number("big", 0, Long.MAX_VALUE));
        assertEquals(
                "thing.name: missing, expected a string",
                assertThrows(JsonException.class, () -> json.string("name", 9)).getMessage());
    }

    @Test
    void boundsStringsArraysAndMaps() throws JsonException {
        JsonObject json = parse("{\"s\":\"four\",\"a\":[\"x\",\"y\"],\"m\":{\"k\":\"v\",\"l\":\"w\"},\"n\":[1,70000]}");
        assertThrows(JsonException.class, () -> json.string("s", 3));
        assertThrows(JsonException.class, () -> json.strings("a", 1, 9));
        assertThrows(JsonException.class, () -> json.stringMap("m", 1, 9));
        assertThrows(JsonException.class, () -> json.numbers("n", 9, 0, 65_535));
        assertEquals(List.of("x", "y"), json.strings("a", 2, 1));
        assertEquals(Map.of("k", "v", "l", "w"), json.stringMap("m", 2, 1));
    }

    @Test
    void refusesUnknownFieldsWhereAsked() throws JsonException {
        JsonObject json = parse("{\"a\":1,\"b\":2}");
        assertThrows(JsonException.class, () -> json.onlyFields(Set.of("a")));
        json.onlyFields(Set.of("a", "b"));
    }

    @Test
    void readsBackWhatItWrites() throws JsonException {
        byte[] bytes = JsonWriter.compact(Map.of("text", "zwölf \"\\\n\u2028", "list", List.of(1, 2L), "no", false));
        JsonObject json = JsonObject.parse(bytes, "thing");
        assertEquals("zwölf \"\\\n\u2028", json.string("text", 99));
        assertEquals(List.of(1, 2), json.numbers("list", 2, 0, 9));
        assertEquals(false, json.bool("no", true));
    }

    private static JsonObject parse(String text) throws JsonException {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8), "thing");
    }
}
