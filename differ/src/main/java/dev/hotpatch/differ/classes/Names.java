package dev.hotpatch.differ.classes;

import java.util.regex.Pattern;

/** How names are written when code is compared: as they are, or with what the compiler numbers left out. */
@FunctionalInterface
public interface Names {
    Pattern SYNTHETIC = Pattern.compile("lambda\\$.*\\$\\d+|access\\$\\d+");

    Names AS_WRITTEN = text -> text;

    /** Numbers of lambdas and accessors left out. */
    Names WITHOUT_NUMBERS = text -> SYNTHETIC.matcher(text).matches() ? text.replaceAll("\\d+$", "#") : text;

    /** The name or descriptor to compare. */
    String of(String text);

    /**
     * The name of a method to compare.
     *
     * @param owner the class that the method is looked up in; empty for the declaration itself
     */
    default String method(String owner, String name, String desc) {
        return of(name);
    }

    /** As {@link #WITHOUT_NUMBERS}, and with the class itself called the same whatever its name is. */
    static Names without(String className) {
        Pattern self = Pattern.compile("(?<![\\w$/])L?" + Pattern.quote(className) + "(?=[;$]|$)");
        return text -> self.matcher(WITHOUT_NUMBERS.of(text)).replaceAll("\u0000self");
    }
}
