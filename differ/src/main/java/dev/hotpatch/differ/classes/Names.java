package dev.hotpatch.differ.classes;

/** How names are written when code is compared. */
@FunctionalInterface
public interface Names {
    Names AS_WRITTEN = text -> text;

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
}
