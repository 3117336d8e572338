package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A step from one published version to the next.
 *
 * @param from the old version's jar
 * @param to the new version's jar
 * @param extra jars that the classes need and the POMs do not name, as {@code group:name:version}
 */
public record Release(MavenArtifact from, MavenArtifact to, List<String> extra) {
    public Release {
        extra = List.copyOf(extra);
    }

    /** All releases of the corpus, in its order. */
    public static List<Release> all() throws IOException {
        try (InputStream in = Release.class.getResourceAsStream("releases.txt")) {
            if (in == null) {
                throw new IOException("releases.txt is not on the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Release::parse)
                    .toList();
        }
    }

    static Release parse(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        String[] names = words.get(0).split(":", -1);
        if (words.size() < 3 || names.length != 2) {
            throw new IllegalArgumentException("expected \"group:artifact old new …\", found \"" + line + "\"");
        }
        return new Release(
                MavenArtifact.jar(names[0], names[1], words.get(1)),
                MavenArtifact.jar(names[0], names[1], words.get(2)),
                words.subList(3, words.size()));
    }

    /** True if one of the filters is part of the name, or there are none. */
    public boolean matches(List<String> filters) {
        String text = toString().toLowerCase(Locale.ROOT);
        return filters.isEmpty() || filters.stream().anyMatch(filter -> text.contains(filter.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return from.name() + " " + from.version() + " > " + to.version();
    }
}
