package dev.hotpatch.testdata.activemq;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code name=value} pairs of a line that one of our programs printed. */
public record Figures(Map<String, String> values) {
    static Figures parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return new Figures(Collections.unmodifiableMap(values));
    }

    @Override
    public String toString() {
        return values.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
    }

    /** A value as a number; its unit is in its name. */
    public double number(String name) throws IOException {
        String value = values.get(name);
        if (value == null) {
            throw new IOException("no figure " + name + " among " + values);
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IOException("figure " + name + " is \"" + value + "\", expected a number", e);
        }
    }
}
