package dev.hotpatch.differ.lift;

/**
 * Where code goes to.
 *
 * @param host the class that holds it in the patched JVM
 * @param logical the class that it belongs to in the target
 */
record Placement(String host, String logical) {
    /** Code that stays in its own class. */
    static Placement in(String className) {
        return new Placement(className, className);
    }

    boolean isAtHome() {
        return host.equals(logical);
    }
}
