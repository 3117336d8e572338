package dev.hotpatch.nodeagent.target;

/** What patches in tests change. */
final class Greeting {
    private Greeting() {}

    static String text() {
        return "old";
    }
}
