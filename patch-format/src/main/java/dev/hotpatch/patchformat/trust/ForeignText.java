package dev.hotpatch.patchformat.trust;

/** Text from outside on its way into a message: no control or formatting characters, no endless lines. */
final class ForeignText {
    private static final int MAX_CHARS = 600;

    private ForeignText() {}

    static String clean(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    }
}
