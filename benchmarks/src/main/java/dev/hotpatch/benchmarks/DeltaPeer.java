package dev.hotpatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A delta encoder of others, as it is run. */
enum DeltaPeer {
    ZSTD_3("zstd -3 --patch-from", "zstd"),
    ZSTD_19("zstd -19 --patch-from", "zstd"),
    XDELTA3("xdelta3 -9", "xdelta3"),
    BSDIFF("bsdiff", "bsdiff");

    private static final int MOST_WINDOW = 31;
    private static final int LEAST_WINDOW = 20;
    /** The longest that xdelta3 takes; a window of the target cannot be larger either. */
    private static final int XDELTA_WINDOW = 16 << 20;

    private static final long XDELTA_LEAST_SOURCE = 1 << 20;

    private final String title;
    private final String program;

    DeltaPeer(String title, String program) {
        this.title = title;
        this.program = program;
    }

    String title() {
        return title;
    }

    String program() {
        return program;
    }

    /** Whether this machine has it. */
    boolean isInstalled() {
        return List.of("/usr/bin", "/usr/local/bin", "/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    List<String> encode(Path base, Path target, Path delta) throws IOException {
        return switch (this) {
            case ZSTD_3, ZSTD_19 ->
                List.of(
                        "zstd",
                        "-q",
                        "-f",
                        this == ZSTD_3 ? "-3" : "-19",
                        "--long=" + window(base, target),
                        "--patch-from=" + base,
                        target.toString(),
                        "-o",
                        delta.toString());
            case XDELTA3 ->
                List.of(
                        "xdelta3",
                        "-9",
                        "-f",
                        "-e",
                        "-W",
                        Integer.toString(XDELTA_WINDOW),
                        "-B",
                        source(base),
                        "-s",
                        base.toString(),
                        target.toString(),
                        delta.toString());
            case BSDIFF -> List.of("bsdiff", base.toString(), target.toString(), delta.toString());
        };
    }

    List<String> decode(Path base, Path delta, Path target) throws IOException {
        return switch (this) {
            case ZSTD_3, ZSTD_19 ->
                List.of(
                        "zstd",
                        "-q",
                        "-f",
                        "-d",
                        "--long=" + MOST_WINDOW,
                        "--patch-from=" + base,
                        delta.toString(),
                        "-o",
                        target.toString());
            case XDELTA3 ->
                List.of(
                        "xdelta3",
                        "-f",
                        "-d",
                        "-B",
                        source(base),
                        "-s",
                        base.toString(),
                        delta.toString(),
                        target.toString());
            case BSDIFF -> List.of("bspatch", base.toString(), target.toString(), delta.toString());
        };
    }

    /** So that the whole base is within reach from the end of the target. */
    private static int window(Path base, Path target) throws IOException {
        long both = Files.size(base) + Files.size(target);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(both);
        return Math.max(LEAST_WINDOW, Math.min(MOST_WINDOW, bits));
    }

    private static String source(Path base) throws IOException {
        return String.format(Locale.ROOT, "%d", Math.max(XDELTA_LEAST_SOURCE, Files.size(base)));
    }
}
