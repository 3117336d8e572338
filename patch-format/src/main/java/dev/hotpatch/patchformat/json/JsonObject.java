package dev.hotpatch.patchformat.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object from outside, read by asking for what must be there: every accessor checks the type and the range and names
 * the field in its error. Immutable. Duplicate keys, trailing bytes and nesting deeper than {@value #MAX_DEPTH} are refused
 * while parsing (RFC 8259 leaves the first two to the reader).
 */
public final class JsonObject {
    /** Levels of nesting that are read. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_STRING = 1 << 20;
    private static final JsonMapper MAPPER = mapper();

    private final ObjectNode node;
    private final String where;

    private JsonObject(ObjectNode node, String where) {
        this.node = node;
        this.where = where;
    }

    /**
     * Reads one object that fills {@code bytes} entirely.
     *
     * @param what what the bytes are, for error messages ("image manifest")
     * @throws JsonException if they are anything else
     */
    public static JsonObject parse(byte[] bytes, String what) throws JsonException {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            if (tree instanceof ObjectNode object) {
                return new JsonObject(object, what);
            }
            throw new JsonException(what + ": expected a JSON object, found "
                    + (tree == null ? "nothing" : tree.getNodeType().name().toLowerCase(java.util.Locale.ROOT)));
        } catch (JsonProcessingException e) {
            throw new JsonException(what + ": not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new JsonException(what + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    public boolean has(String field) {
        return node.has(field) && !node.get(field).isNull();
    }

    /** The text of a field that must be there, at most {@code maxChars} long. */
    public String string(String field, int maxChars) throws JsonException {
        return optionalString(field, maxChars).orElseThrow(() -> missing(field, "a string"));
    }

    /** The text of a field, or empty if it is absent or null. */
    public Optional<String> optionalString(String field, int maxChars) throws JsonException {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = node.get(field);
        if (!value.isTextual()) {
            throw wrong(field, "a string", value);
        }
        return Optional.of(bounded(field, value.textValue(), maxChars));
    }

    /** A whole number that must be there and lie in {@code min..max}. */
    public long number(String field, long min, long max) throws JsonException {
        if (!has(field)) {
            throw missing(field, "a whole number");
        }
        JsonNode value = node.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "a whole number", value);
        }
        long number = value.longValue();
        if (number < min || number > max) {
            throw new JsonException(at(field) + ": " + number + " is outside " + min + ".." + max);
        }
        return number;
    }

    /** A truth value, or {@code absent} if the field is not there. */
    public boolean bool(String field, boolean absent) throws JsonException {
        if (!has(field)) {
            return absent;
        }
        JsonNode value = node.get(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false", value);
        }
        return value.booleanValue();
    }

    /** An object that must be there. */
    public JsonObject object(String field) throws JsonException {
        return optionalObject(field).orElseThrow(() -> missing(field, "an object"));
    }

    public Optional<JsonObject> optionalObject(String field) throws JsonException {
        if (!has(field)) {
            return Optional.empty();
        }
        if (node.get(field) instanceof ObjectNode object) {
            return Optional.of(new JsonObject(object, at(field)));
        }
        throw wrong(field, "an object", node.get(field));
    }

    /** The objects of an array, at most {@code max}; empty if the field is absent. */
    public List<JsonObject> objects(String field, int max) throws JsonException {
        List<JsonObject> result = new ArrayList<>();
        for (JsonNode element : array(field, max)) {
            String place = at(field) + "[" + result.size() + "]";
            if (!(element instanceof ObjectNode object)) {
                throw new JsonException(place + ": expected an object");
            }
            result.add(new JsonObject(object, place));
        }
        return List.copyOf(result);
    }

    /** The strings of an array, at most {@code max}; empty if the field is absent. */
    public List<String> strings(String field, int max, int maxChars) throws JsonException {
        List<String> result = new ArrayList<>();
        for (JsonNode element : array(field, max)) {
            if (!element.isTextual()) {
                throw new JsonException(at(field) + "[" + result.size() + "]: expected a string");
            }
            result.add(bounded(field, element.textValue(), maxChars));
        }
        return List.copyOf(result);
    }

    /** The whole numbers of an array, at most {@code max}, each in {@code least..most}; empty if the field is absent. */
    public List<Integer> numbers(String field, int max, int least, int most) throws JsonException {
        List<Integer> result = new ArrayList<>();
        for (JsonNode element : array(field, max)) {
            if (!element.isInt() || element.intValue() < least || element.intValue() > most) {
                throw new JsonException(
                        at(field) + "[" + result.size() + "]: expected a whole number in " + least + ".." + most);
            }
            result.add(element.intValue());
        }
        return List.copyOf(result);
    }

    /** An object whose values are all strings, in its own order; empty if the field is absent. */
    public Map<String, String> stringMap(String field, int max, int maxChars) throws JsonException {
        Optional<JsonObject> object = optionalObject(field);
        if (object.isEmpty()) {
            return Map.of();
        }
        ObjectNode entries = object.get().node;
        if (entries.size() > max) {
            throw new JsonException(at(field) + ": " + entries.size() + " entries, at most " + max + " are read");
        }
        Map<String, String> result = new LinkedHashMap<>();
        for (String key : object.get().fields()) {
            result.put(bounded(field, key, maxChars), object.get().string(key, maxChars));
        }
        return java.util.Collections.unmodifiableMap(result);
    }

    public List<String> fields() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /** The whole object as values that {@link JsonWriter} writes, to hand it on as it is. */
    public Map<String, Object> toMap() {
        return MAPPER.convertValue(node, new com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>>() {});
    }

    /** Refuses fields other than {@code known}: for formats of ours and for signed payloads, where an unknown word is an attack or a mistake. */
    public void onlyFields(Set<String> known) throws JsonException {
        for (String field : fields()) {
            if (!known.contains(field)) {
                throw new JsonException(at(field) + ": unknown field");
            }
        }
    }

    private JsonNode array(String field, int max) throws JsonException {
        if (!has(field)) {
            return MAPPER.createArrayNode();
        }
        JsonNode value = node.get(field);
        if (!value.isArray()) {
            throw wrong(field, "an array", value);
        }
        if (value.size() > max) {
            throw new JsonException(at(field) + ": " + value.size() + " elements, at most " + max + " are read");
        }
        return value;
    }

    private String bounded(String field, String text, int maxChars) throws JsonException {
        if (text.length() > maxChars) {
            throw new JsonException(
                    at(field) + ": " + text.length() + " characters, at most " + maxChars + " are read");
        }
        return text;
    }

    private String at(String field) {
        return where + "." + field;
    }

    private JsonException missing(String field, String expected) {
        return new JsonException(at(field) + ": missing, expected " + expected);
    }

    private JsonException wrong(String field, String expected, JsonNode found) {
        return new JsonException(at(field) + ": expected " + expected + ", found "
                + found.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .build());
        return mapper;
    }
}
