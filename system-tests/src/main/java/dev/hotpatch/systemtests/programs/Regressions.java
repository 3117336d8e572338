package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pairs that are kept: {@code NAME/old/*.java}, {@code NAME/new/*.java}, and if needed {@code NAME/case.properties} with
 * {@code release} (8 to 25, default 17) and {@code blocked} (codes of reasons, with which the pair must be blocked). Every pair has packages of
 * its own, with names that no other pair uses, and its main class is named {@code Main}:
 *
 * <ul>
 *   <li>{@code public static void run(StringBuilder trace)} prints what is compared;
 *   <li>optional {@code public static Object hold()} makes things before the patch, which {@code public static void use(Object held,
 *       StringBuilder trace)} uses after it, printing lines {@code key=value}.
 * </ul>
 */
public final class Regressions {
    /**
     * A pair that is kept.
     *
     * @param pair the pair
     * @param blocked the codes with one of which it must be blocked; empty if it must go live
     */
    public record Case(ProgramPair pair, List<String> blocked) {
        public Case {
            blocked = List.copyOf(blocked);
        }

        /** Whether it went as it must. */
        boolean isMetBy(Finding finding) {
            return blocked.isEmpty()
                    ? finding.kind() == Finding.Kind.EQUAL
                    : finding.kind() == Finding.Kind.BLOCKED
                            && finding.codes().stream().anyMatch(blocked::contains);
        }
    }

    private Regressions() {}

    /** All pairs of a folder, by name. */
    public static List<Case> in(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Case> cases = new ArrayList<>();
            for (Path place : all.filter(Files::isDirectory).sorted().toList()) {
                cases.add(read(place));
            }
            return cases;
        }
    }

    private static Case read(Path folder) throws IOException {
        Properties properties = new Properties();
        Path settings = folder.resolve("case.properties");
        if (Files.exists(settings)) {
            try (var in = Files.newBufferedReader(settings)) {
                properties.load(in);
            }
        }
        Map<String, String> before = sources(folder.resolve("old"));
        String main = before.get("Main.java");
        if (main == null) {
            throw new IOException(folder + " has no old/Main.java");
        }
        String home = main.lines()
                .filter(line -> line.startsWith("package "))
                .map(line ->
                        line.substring("package ".length(), line.indexOf(';')).trim() + ".")
                .findFirst()
                .orElse("");
        ProgramPair pair = new ProgramPair(
                String.valueOf(folder.getFileName()),
                Integer.parseInt(properties.getProperty("release", "17").trim()),
                home + "Main",
                before,
                sources(folder.resolve("new")));
        String blocked = properties.getProperty("blocked", "").trim();
        return new Case(pair, blocked.isEmpty() ? List.of() : List.of(blocked.split("[ ,]+", -1)));
    }

    private static Map<String, String> sources(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }

    /**
     * Runs pairs: {@code [--jdk HOME|RELEASE]… [--hook JAR] [FOLDER] [NAME…]}; ends with 1 if one fails. A pair that is for a later release of Java than a
     * JDK is left out there.
     *
     * @throws IOException if the folder cannot be read or a JVM cannot be started
     */
    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments);
        Path hook = Path.of(options.take("--hook", "jvm-agent/target/hotpatch-jvm-agent.jar"));
        List<Jdk> jdks = options.jdks();
        List<String> names = new ArrayList<>(options.rest());
        boolean elsewhere = !names.isEmpty() && Files.isDirectory(Path.of(names.get(0)));
        List<Case> cases = in(Path.of(elsewhere ? names.remove(0) : "system-tests/regressions"));
        int failed = 0;
        for (Jdk jdk : jdks) {
            System.out.println(jdk);
            try (Trial trial = Trial.open(jdk, hook)) {
                for (Case entry : cases) {
                    boolean chosen = names.isEmpty()
                            || names.stream().anyMatch(entry.pair().name()::contains);
                    if (chosen && entry.pair().release() <= jdk.feature()) {
                        failed += run(entry, trial) ? 0 : 1;
                    }
                }
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean run(Case entry, Trial trial) throws IOException {
        Finding finding = trial.of(entry.pair());
        boolean good = entry.isMetBy(finding);
        System.out.printf(
                "%-9s %s %s%n",
                good ? "ok" : finding.kind().name().toLowerCase(Locale.ROOT),
                entry.pair().name(),
                finding.codes().isEmpty() ? "" : finding.codes());
        if (!good) {
            finding.text().lines().forEach(line -> System.out.println("    " + line));
        }
        return good;
    }
}
