package dev.hotpatch.systemtests.programs;

import java.util.List;

/**
 * What became of a pair.
 *
 * @param kind in one word
 * @param codes for a blocked pair the codes of the reasons
 * @param text for people: what differs, or why it is blocked; empty if all is equal
 */
record Finding(Kind kind, List<String> codes, String text) {
    /** In one word. */
    enum Kind {
        /** Live, and every trace is the right one. */
        EQUAL,
        /** Nothing differs between the class files, so that there is nothing to try. */
        IDENTICAL,
        /** The plan says that it cannot go live. */
        BLOCKED,
        /** Live, and a trace is wrong. */
        DIFFERENT,
        /** Live, and the JVM did not take it. */
        REFUSED,
        /** The compiler threw, or the JVM died. */
        CRASHED,
        /** The pair itself is of no use: does not compile, or prints another trace each time. */
        UNUSABLE
    }

    Finding {
        codes = List.copyOf(codes);
    }

    static Finding of(Kind kind, String text) {
        return new Finding(kind, List.of(), text);
    }

    boolean isFailure() {
        return kind != Kind.EQUAL && kind != Kind.IDENTICAL && kind != Kind.BLOCKED;
    }
}
