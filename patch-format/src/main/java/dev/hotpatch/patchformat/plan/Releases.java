package dev.hotpatch.patchformat.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Releases of Java, by the number that a JVM calls its feature release: 8, 17. A multi-release jar has other classes on some of them.
 *
 * @param from the first, or 0 for whatever is before {@code until}
 * @param until the first after {@code from} that does not belong to them, or {@link #OPEN} for whatever comes after {@code from}
 */
public record Releases(int from, int until) {
    /** No release of Java has this number. */
    public static final int OPEN = 1_000;

    public static final Releases ALL = new Releases(0, OPEN);

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,2})?-([1-9][0-9]{0,2})?");

    public Releases {
        if (from < 0 || from >= until || until > OPEN) {
            throw new IllegalArgumentException(
                    "releases of Java: a range within 0 to " + OPEN + " expected, found " + from + " to " + until);
        }
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean has(int release) {
        return from <= release && release < until;
    }

    public boolean overlap(Releases others) {
        return from < others.until && others.from < until;
    }

    /** Both, where {@code others} begin at the end of these. */
    public Releases with(Releases others) {
        return new Releases(from, others.until);
    }

    /** {@code 9-}, {@code -8} or {@code 9-16}, with the last that belongs to them; for all of them, {@code -}. */
    public String text() {
        return (from == 0 ? "" : String.valueOf(from)) + "-" + (until == OPEN ? "" : String.valueOf(until - 1));
    }

    /**
     * Reads what {@link #text} writes, except for all releases, which are never written.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Releases parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || text.equals("-")) {
            throw new IllegalArgumentException("releases of Java expected, as 9-, -8 or 9-16");
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        Releases found = new Releases(
                first == null ? 0 : Integer.parseInt(first), last == null ? OPEN : Integer.parseInt(last) + 1);
        if (found.isAll()) {
            throw new IllegalArgumentException("all releases of Java are not written");
        }
        return found;
    }
}
