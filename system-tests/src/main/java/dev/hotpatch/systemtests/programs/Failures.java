package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.generate.Row;
import dev.hotpatch.systemtests.programs.generate.SeededPair;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Prints pairs that fail, and keeps their sources in a folder, as {@link Regressions} reads them. For one thread. */
final class Failures {
    private static final int SHOWN = 10;

    private final Path folder;
    private final boolean minimise;
    private final boolean showsAll;
    private int count;

    /**
     * @param minimise whether a small form of each pair is sought and kept, too
     * @param showsAll whether sources of all pairs are printed, good ones as well
     */
    Failures(Path folder, boolean minimise, boolean showsAll) {
        this.folder = folder;
        this.minimise = minimise;
        this.showsAll = showsAll;
    }

    int count() {
        return count;
    }

    void report(Jdk jdk, Trial trial, SeededPair seed, Finding finding) throws IOException {
        if (++count > SHOWN) {
            return;
        }
        System.out.println(jdk + ": FAILED seed " + seed.seed() + " " + seed.rows() + " " + finding.kind() + " "
                + finding.codes());
        finding.text()
                .lines()
                .limit(finding.kind() == Finding.Kind.BLOCKED ? 5 : 30)
                .forEach(line -> System.out.println("    " + line));
        List<Row> rows = seed.recipe().rows();
        System.out.println("    again: ./programs --seed " + seed.seed() + " --show"
                + (rows.size() == Row.values().length
                        ? ""
                        : " --rows " + rows.stream().map(Row::name).collect(Collectors.joining(","))));
        String name = "seed-" + seed.seed();
        write(folder.resolve(name), seed.pair(), finding);
        if (minimise) {
            ProgramPair small = new Minimiser(trial).minimise(seed, finding);
            write(folder.resolve(name + "-minimal"), small, trial.of(small));
        }
    }

    /** Writes a pair as {@link Regressions} reads it. */
    private static void write(Path place, ProgramPair pair, Finding finding) throws IOException {
        for (String side : List.of("old", "new")) {
            for (var file : (side.equals("old") ? pair.before() : pair.after()).entrySet()) {
                Path target = place.resolve(side).resolve(file.getKey());
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.writeString(target, Layout.indent(file.getValue()));
            }
        }
        Files.writeString(place.resolve("case.properties"), "release=" + pair.release() + "\n");
        Files.writeString(place.resolve("finding.txt"), finding.kind() + " " + finding.codes() + "\n" + finding.text());
        System.out.println("    kept in " + place);
    }

    void show(SeededPair seed, Finding finding) {
        if (!showsAll) {
            return;
        }
        System.out.println("seed " + seed.seed() + ", release " + seed.pair().release() + ", " + seed.rows() + ": "
                + finding.kind());
        System.out.println(finding.text());
        seed.pair().before().forEach((name, old) -> {
            String now = seed.pair().after().getOrDefault(name, "");
            System.out.println("=== " + name + (old.equals(now) ? "" : " (old)"));
            System.out.println(Layout.indent(old));
            if (!old.equals(now)) {
                System.out.println("=== " + name + " (new)");
                System.out.println(Layout.indent(now));
            }
        });
        seed.pair().after().forEach((name, now) -> {
            if (!seed.pair().before().containsKey(name)) {
                System.out.println("=== " + name + " (only new)");
                System.out.println(Layout.indent(now));
            }
        });
    }
}
