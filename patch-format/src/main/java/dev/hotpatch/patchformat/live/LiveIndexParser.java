package dev.hotpatch.patchformat.live;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.Releases;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the index of a live unit. Strict in one way: what {@link LiveIndex#bytes} would not write again byte for byte is refused,
 * so that one meaning has one form.
 */
final class LiveIndexParser {
    private static final int MAX_LINES = 1 << 20;

    private final List<String> units = new ArrayList<>();
    private final List<LiveIndex.Redefine> redefine = new ArrayList<>();
    private final List<LiveIndex.Keep> keep = new ArrayList<>();
    private final List<LiveIndex.Added> added = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    /** Units of the new classes, by name. */
    private final Map<String, Set<Integer>> unitsOfNew = new HashMap<>();

    private final Map<String, List<Releases>> seen = new HashMap<>();

    private LiveIndexParser() {}

    static LiveIndex parse(byte[] bytes) throws LiveUnitException {
        String[] lines = text(bytes).split("\n", MAX_LINES);
        if (!lines[0].equals(LiveIndex.VERSION_LINE)) {
            throw new LiveUnitException("live unit: unknown version of the index; a newer hotpatch may read it");
        }
        LiveIndexParser parser = new LiveIndexParser();
        // The patch line is compared at the end; the last element is what follows the last line feed.
        for (int i = 2; i < lines.length - 1; i++) {
            try {
                parser.line(lines[i].split("\t", -1));
            } catch (IllegalArgumentException e) {
                throw new LiveUnitException("live unit: index line " + (i + 1) + ": " + e.getMessage());
            }
        }
        LiveIndex index = new LiveIndex(parser.units, parser.redefine, parser.keep, parser.added, parser.effects);
        if (!java.util.Arrays.equals(index.bytes(), bytes)) {
            throw new LiveUnitException("live unit: the index is not in its one form, or its identity is wrong");
        }
        return index;
    }

    private static String text(byte[] bytes) throws LiveUnitException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LiveUnitException("live unit: the index is not UTF-8");
        }
    }

    private void line(String[] fields) {
        switch (fields[0]) {
            case "unit" -> {
                count(fields, 3);
                if (units.size() >= LiveIndex.MAX_UNITS || !fields[1].equals(String.valueOf(units.size()))) {
                    throw new IllegalArgumentException("unit numbers ascend from 0 to " + (LiveIndex.MAX_UNITS - 1));
                }
                units.add(named(fields[2]));
            }
            case "redefine" -> {
                Releases releases = releases(fields, 5);
                once(fields[1] + "\t" + fields[2], releases);
                redefine.add(new LiveIndex.Redefine(
                        named(fields[1]), new Digest(fields[2]), new Digest(fields[3]), units(fields[4]), releases));
            }
            case "keep" -> {
                count(fields, 3);
                once(fields[1] + "\t" + fields[2], Releases.ALL);
                keep.add(new LiveIndex.Keep(named(fields[1]), new Digest(fields[2])));
            }
            case "new" -> {
                Releases releases = releases(fields, 4);
                List<Integer> numbers = units(fields[3]);
                added.add(new LiveIndex.Added(named(fields[1]), new Digest(fields[2]), numbers, releases));
                unitsOfNew.computeIfAbsent(fields[1], any -> new HashSet<>()).addAll(numbers);
            }
            case "effect" -> {
                count(fields, 5);
                effects.add(effect(fields));
            }
            default -> throw new IllegalArgumentException("unknown kind of line");
        }
    }

    private Effect effect(String[] fields) {
        List<Integer> numbers = units(fields[4]);
        if (effects.size() >= LiveIndex.MAX_EFFECTS) {
            throw new IllegalArgumentException("more than " + LiveIndex.MAX_EFFECTS + " effects");
        }
        if (!unitsOfNew.getOrDefault(fields[2], Set.of()).containsAll(numbers)) {
            throw new IllegalArgumentException("an effect is in a class that is not new in all of its units");
        }
        if (!Effect.canName(named(fields[3]))) {
            throw new IllegalArgumentException("an effect's method has a name that no method has");
        }
        once("effect\t" + fields[1] + "\t" + fields[2] + "\t" + fields[3], Releases.ALL);
        return new Effect(Effect.Kind.of(fields[1]), fields[2], fields[3], numbers);
    }

    private void once(String key, Releases releases) {
        List<Releases> others = seen.computeIfAbsent(key, any -> new ArrayList<>());
        if (others.stream().anyMatch(releases::overlap)) {
            throw new IllegalArgumentException("the same class file or effect is named twice");
        }
        others.add(releases);
    }

    /** The field after the others, which is there unless all releases are meant. */
    private static Releases releases(String[] fields, int others) {
        if (fields.length == others) {
            return Releases.ALL;
        }
        count(fields, others + 1);
        return Releases.parse(fields[others]);
    }

    private List<Integer> units(String text) {
        List<Integer> numbers = new ArrayList<>();
        int previous = -1;
        for (String part : text.split(",", -1)) {
            int number = part.length() > 5 ? -1 : Integer.parseInt(part);
            if (number <= previous || number >= units.size()) {
                throw new IllegalArgumentException("unit numbers of a class ascend and exist, found " + part);
            }
            numbers.add(number);
            previous = number;
        }
        return numbers;
    }

    private static String named(String name) {
        if (!LiveIndex.canName(name)) {
            throw new IllegalArgumentException("a name is empty, too long or has control characters");
        }
        return name;
    }

    private static void count(String[] fields, int wanted) {
        if (fields.length != wanted) {
            throw new IllegalArgumentException("expected " + wanted + " fields, found " + fields.length);
        }
    }
}
