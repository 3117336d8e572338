package dev.hotpatch.patchformat.live;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.Releases;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a live unit does, class by class.
 *
 * @param units where classes come from in the base image; a unit's number is its place in the list
 * @param redefine classes that get another class file
 * @param keep class files that stay, of classes that are redefined elsewhere
 * @param added classes that the base has not
 * @param effects methods of added classes that are run; their units are numbers of this index
 */
public record LiveIndex(
        List<String> units, List<Redefine> redefine, List<Keep> keep, List<Added> added, List<Effect> effects) {
    static final String ENTRY = "hotpatch/index";
    static final String VERSION_LINE = "hotpatch-live\t1";
    static final int MAX_BYTES = 16 << 20;
    static final int MAX_UNITS = 65_535;
    static final int MAX_EFFECTS = 65_535;

    /** A class file that replaces another on these releases of Java; {@code units} ascend. */
    public record Redefine(String name, Digest oldDigest, Digest newDigest, List<Integer> units, Releases releases) {
        public Redefine {
            units = List.copyOf(units);
        }

        /** On all releases. */
        public Redefine(String name, Digest oldDigest, Digest newDigest, List<Integer> units) {
            this(name, oldDigest, newDigest, units, Releases.ALL);
        }

        String line() {
            return "redefine\t" + name + "\t" + oldDigest.hex() + "\t" + newDigest.hex() + "\t" + numbers(units)
                    + on(releases);
        }
    }

    /** A class file that stays. */
    public record Keep(String name, Digest digest) {
        String line() {
            return "keep\t" + name + "\t" + digest.hex();
        }
    }

    /** A class that is defined in the loaders of {@code units}, which ascend, on these releases of Java. */
    public record Added(String name, Digest digest, List<Integer> units, Releases releases) {
        public Added {
            units = List.copyOf(units);
        }

        /** On all releases. */
        public Added(String name, Digest digest, List<Integer> units) {
            this(name, digest, units, Releases.ALL);
        }

        String line() {
            return "new\t" + name + "\t" + digest.hex() + "\t" + numbers(units) + on(releases);
        }
    }

    public LiveIndex {
        units = List.copyOf(units);
        redefine =
                redefine.stream().sorted(Comparator.comparing(Redefine::line)).toList();
        keep = keep.stream().sorted(Comparator.comparing(Keep::line)).toList();
        added = added.stream().sorted(Comparator.comparing(Added::line)).toList();
        effects = effects.stream().sorted(Comparator.comparing(LiveIndex::line)).toList();
    }

    /** An index without effects. */
    public LiveIndex(List<String> units, List<Redefine> redefine, List<Keep> keep, List<Added> added) {
        this(units, redefine, keep, added, List.of());
    }

    /** The digests of all class files that the unit carries, sorted. */
    public Set<Digest> classFiles() {
        Set<Digest> digests = new TreeSet<>();
        redefine.forEach(entry -> digests.add(entry.newDigest()));
        added.forEach(entry -> digests.add(entry.digest()));
        return digests;
    }

    /** The identity of the live unit: of all that the index says. */
    public Digest identity() {
        return Digest.of(body().getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return (VERSION_LINE + "\npatch\t" + identity().hex() + "\n" + body()).getBytes(StandardCharsets.UTF_8);
    }

    /** True if the index can carry a class or path of that name. */
    public static boolean canName(String name) {
        return !name.isEmpty()
                && name.length() <= 65_535
                && name.getBytes(StandardCharsets.UTF_8).length <= 65_535
                && name.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private String body() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < units.size(); i++) {
            text.append("unit\t").append(i).append('\t').append(units.get(i)).append('\n');
        }
        Stream.of(
                        redefine.stream().map(Redefine::line),
                        keep.stream().map(Keep::line),
                        added.stream().map(Added::line),
                        effects.stream().map(LiveIndex::line))
                .flatMap(lines -> lines)
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String line(Effect effect) {
        return String.join(
                "\t", "effect", effect.kind().word(), effect.className(), effect.method(), numbers(effect.units()));
    }

    private static String on(Releases releases) {
        return releases.isAll() ? "" : "\t" + releases.text();
    }

    private static String numbers(List<Integer> units) {
        return units.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
