package dev.hotpatch.systemtests.deflate;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.zlib.Strategy;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The command {@code deflate-exactness}: compresses real content with every setting of our encoders and of those that they should equal, and
 * compares bit by bit. Exit code 0 if all are equal, 1 if not, 2 for a wrong command line.
 */
final class DeflateExactness {
    private static final String USAGE =
            "usage: deflate-exactness [--megabytes N] [--content FOLDER|FILE]… [ENCODER…], encoders like zlib, go/6";
    private static final long MEGABYTE = 1_000_000;
    private static final long PIECE = 32 * MEGABYTE;
    /** After so much content the numbers so far are reported. */
    private static final long INTERIM = 100 * MEGABYTE;

    private final List<Path> roots = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();
    private final PrintStream out;
    private long most = 1100 * MEGABYTE;

    DeflateExactness(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws InterruptedException {
        DeflateExactness exactness = new DeflateExactness(System.out);
        int code;
        try {
            exactness.parse(List.of(args));
            code = exactness.run(System.getenv()) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println("deflate-exactness: " + e.getMessage());
            code = 2;
        } catch (IOException e) {
            System.err.println("deflate-exactness: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    void parse(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.equals("--megabytes")
                    && i + 1 < args.size()
                    && args.get(i + 1).matches("[1-9]\\d{0,5}")) {
                most = Long.parseLong(args.get(++i)) * MEGABYTE;
            } else if (word.equals("--content") && i + 1 < args.size()) {
                roots.add(Path.of(args.get(++i)));
            } else if (word.startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + word + "; " + USAGE);
            } else {
                filters.add(word);
            }
        }
    }

    /** Compares, reports, and says whether all was equal. */
    boolean run(Map<String, String> environment) throws IOException, InterruptedException {
        Path javaHome = Path.of(System.getProperty("java.home"));
        if (roots.isEmpty()) {
            roots.add(CacheFolder.fromEnvironment(environment).folder("maven"));
            roots.add(javaHome.resolve("lib/modules"));
            roots.add(Path.of(System.getProperty("user.home"), ".m2", "repository"));
        }
        List<DeflateParameters> parameters = chosen();
        Map<DeflateParameters.Family, Judge> judges = new EnumMap<>(DeflateParameters.Family.class);
        Path scratch = Files.createTempDirectory("hotpatch-deflate");
        try {
            for (DeflateParameters wanted : parameters) {
                if (!judges.containsKey(wanted.family())) {
                    judges.put(wanted.family(), judge(wanted.family(), javaHome, scratch));
                }
            }
            judges.values().forEach(judge -> out.println("judge: " + judge.name()));
            List<Tally> tallies = parameters.stream()
                    .map(wanted -> new Tally(wanted, Objects.requireNonNull(judges.get(wanted.family()))))
                    .toList();
            compare(tallies);
            return tallies.stream().allMatch(Tally::equal);
        } finally {
            for (Judge judge : judges.values()) {
                judge.close();
            }
            Folders.delete(scratch);
        }
    }

    private static Judge judge(DeflateParameters.Family family, Path javaHome, Path scratch)
            throws IOException, InterruptedException {
        return switch (family) {
            case ZLIB -> new ZlibJudge(javaHome);
            case GO -> GoJudge.start("flate", Files.createDirectory(scratch.resolve("go")));
            case PGZIP -> GoJudge.start("pgzip", Files.createDirectory(scratch.resolve("pgzip")));
            case STORED -> throw new IllegalArgumentException("stored blocks have no judge");
        };
    }

    private void compare(List<Tally> tallies) throws IOException {
        new Pieces((int) Math.min(most, PIECE), (name, content) -> {
                    long before = tallies.get(0).bytes();
                    for (Tally tally : tallies) {
                        tally.compare(name, content);
                    }
                    long now = tallies.get(0).bytes();
                    if (now < most && now / INTERIM != before / INTERIM) {
                        report("so far", tallies);
                    }
                    return now < most;
                })
                .offer(roots);
        report("all", tallies);
    }

    private void report(String title, List<Tally> tallies) {
        out.println(title + ":");
        tallies.forEach(tally -> out.println(tally.line()));
    }

    private List<DeflateParameters> chosen() {
        List<DeflateParameters> all = new ArrayList<>(zlib());
        all.addAll(go());
        all.add(DeflateParameters.pgzip());
        Predicate<DeflateParameters> wanted = parameters ->
                filters.isEmpty() || filters.stream().anyMatch(filter -> (parameters + "/").startsWith(filter + "/"));
        List<DeflateParameters> chosen = all.stream().filter(wanted).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no encoder matches " + filters + "; " + USAGE);
        }
        return chosen;
    }

    /** All that the JDK's Deflater can be asked for, except level 0. */
    private static List<DeflateParameters> zlib() {
        List<DeflateParameters> all = new ArrayList<>();
        for (int level = 1; level <= 9; level++) {
            all.add(DeflateParameters.zlib(level));
        }
        for (Strategy strategy : new Strategy[] {Strategy.FILTERED, Strategy.HUFFMAN}) {
            all.add(new DeflateParameters(
                    DeflateParameters.Family.ZLIB, 6, strategy, DeflateParameters.DEFAULT_MEMORY_LEVEL));
        }
        return all;
    }

    private static List<DeflateParameters> go() {
        List<DeflateParameters> all = new ArrayList<>();
        for (int level = -2; level <= 9; level++) {
            if (level != -1) {
                all.add(DeflateParameters.go(level));
            }
        }
        return all;
    }
}
