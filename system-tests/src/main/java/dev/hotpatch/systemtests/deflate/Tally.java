package dev.hotpatch.systemtests.deflate;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.IOException;
import java.util.Locale;

/** What was compared of one encoder at one level. */
final class Tally {
    private final DeflateParameters parameters;
    private final Judge judge;
    private long streams;
    private long bytes;
    private long different;
    private long nanos;
    private long judgeNanos;
    private String first = "";

    Tally(DeflateParameters parameters, Judge judge) {
        this.parameters = parameters;
        this.judge = judge;
    }

    /** Compares the streams of one piece. */
    void compare(String name, byte[] content) throws IOException {
        Judge.Stream stream = judge.deflate(content, parameters);
        Expected expected = new Expected(stream.bytes());
        long start = System.nanoTime();
        DeflateEncoder encoder = parameters.open(expected);
        encoder.write(content, 0, content.length);
        encoder.finish();
        nanos += System.nanoTime() - start;
        judgeNanos += stream.nanos();
        streams++;
        bytes += content.length;
        if (expected.difference() >= 0) {
            different++;
            if (first.isEmpty()) {
                first = name + " at byte " + expected.difference() + " of " + stream.bytes().length;
            }
        }
    }

    boolean equal() {
        return different == 0;
    }

    /** The bytes of content compared. */
    long bytes() {
        return bytes;
    }

    /** One line of the report. */
    String line() {
        String outcome = equal() ? "equal" : different + " DIFFER, first " + first;
        return String.format(
                Locale.ROOT,
                "%-16s %7d streams %8.1f MB  ours %6.1f MB/s  judge %6.1f MB/s  %s",
                parameters,
                streams,
                bytes / 1e6,
                speed(nanos),
                speed(judgeNanos),
                outcome);
    }

    private double speed(long taken) {
        return bytes * 1e3 / Math.max(taken, 1);
    }
}
