package dev.hotpatch.systemtests.differential;

import dev.hotpatch.systemtests.jvm.JarClasses;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A release whose new version publishes its own test classes.
 *
 * @param from the old version's jar
 * @param to the new version's jar
 * @param tests the new version's tests
 * @param skipped test classes that are not run
 * @param alone test classes that get a JVM for themselves
 * @param extra jars that the tests need and the POM does not name
 */
public record Suite(
        MavenArtifact from,
        MavenArtifact to,
        MavenArtifact tests,
        List<Pattern> skipped,
        List<Pattern> alone,
        List<String> extra) {
    private static final String SKIP = "skip=";
    private static final String ALONE = "alone=";

    public Suite {
        skipped = List.copyOf(skipped);
        alone = List.copyOf(alone);
        extra = List.copyOf(extra);
    }

    public static List<Suite> all() throws IOException {
        return lines("suites.txt").stream().map(Suite::parse).toList();
    }

    /** The lines of a resource without comments. */
    static List<String> lines(String name) throws IOException {
        try (InputStream in = Suite.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    static Suite parse(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        String[] names = words.get(0).split(":", -1);
        if (words.size() < 4 || names.length != 2) {
            throw new IllegalArgumentException(
                    "expected \"group:artifact old new classifier …\", found \"" + line + "\"");
        }
        List<Pattern> skipped = new ArrayList<>();
        List<Pattern> alone = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        for (String word : words.subList(4, words.size())) {
            if (word.startsWith(SKIP)) {
                skipped.add(Pattern.compile(word.substring(SKIP.length())));
            } else if (word.startsWith(ALONE)) {
                alone.add(Pattern.compile(word.substring(ALONE.length())));
            } else {
                extra.add(word);
            }
        }
        MavenArtifact to = MavenArtifact.jar(names[0], names[1], words.get(2));
        return new Suite(
                MavenArtifact.jar(names[0], names[1], words.get(1)),
                to,
                new MavenArtifact(to.group(), to.name(), to.version(), words.get(3), "jar", null),
                skipped,
                alone,
                extra);
    }

    /** True if one of the filters is part of the name, or there are none. */
    boolean matches(List<String> filters) {
        String text = toString().toLowerCase(Locale.ROOT);
        return filters.isEmpty() || filters.stream().anyMatch(filter -> text.contains(filter.toLowerCase(Locale.ROOT)));
    }

    /** The top-level classes of the jar of tests that are not skipped, sorted; those without tests are among them. */
    List<String> candidates(Path testJar) throws IOException {
        return JarClasses.of(testJar).stream()
                .filter(name -> name.indexOf('$') < 0)
                .filter(name -> skipped.stream()
                        .noneMatch(pattern -> pattern.matcher(name).matches()))
                .toList();
    }

    @Override
    public String toString() {
        return from.name() + " " + from.version() + " > " + to.version();
    }
}
