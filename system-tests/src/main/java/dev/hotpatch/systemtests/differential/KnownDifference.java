package dev.hotpatch.systemtests.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests of which it is known why they end otherwise than on the real jar.
 *
 * @param part of the ids of these tests
 * @param reason why that is no fault of the patch
 */
record KnownDifference(String part, String reason) {
    /** Which comparison of a suite. */
    enum Run {
        PATCHED,
        ROLLED_BACK;

        String word() {
            return this == PATCHED ? "patched" : "rolled-back";
        }
    }

    /** Those of one comparison of a suite. */
    static List<KnownDifference> of(Suite suite, Run run) throws IOException {
        List<KnownDifference> known = new ArrayList<>();
        for (String line : Suite.lines("known.txt")) {
            String[] fields = line.split("\t+", -1);
            if (fields.length != 4) {
                throw new IOException(
                        "known.txt: expected suite, run, test and reason separated by TAB, found \"" + line + "\"");
            }
            if (fields[0].equals(suite.toString()) && fields[1].equals(run.word())) {
                known.add(new KnownDifference(fields[2], fields[3]));
            }
        }
        return known;
    }

    boolean covers(String test) {
        return test.contains(part);
    }
}
