package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Reason;

/** The reasons that classes are given; docs/reasons.md lists their codes. */
public final class Reasons {
    private static final String RESTART = "; restart with the target image";

    private Reasons() {}

    /** A name that the live unit has no way to write. */
    public static Reason unnameable() {
        return blocked("name-not-carried", "", "the class's name has characters that a patch cannot carry");
    }

    /** A class file that becomes two different ones. */
    public static Reason ambiguous(String paths) {
        return blocked("ambiguous", "", "the same class file becomes different ones in " + paths);
    }

    /** A new class that other jars of the base have, and differently. */
    public static Reason elsewhere(String path) {
        return blocked("class-elsewhere", "", "the base has another class of this name in " + path);
    }

    /** A class file that is redefined although another jar keeps it. */
    public static Reason alsoElsewhere(String path) {
        return new Reason(
                "also-elsewhere",
                "",
                "the base has the same class file in " + path
                        + ", where the target keeps it; it changes there, too, in JVMs that load it");
    }

    static Reason staticInitialiser() {
        return new Reason(
                "static-initialiser-not-rerun",
                "<clinit>()V",
                "the static initialiser changes; it is not run again where it has run");
    }

    static Reason constructor(String member) {
        return new Reason(
                "constructor-not-rerun", member, "the constructor changes; objects that exist stay as they were made");
    }

    static Reason constant(String member) {
        return new Reason(
                "constant-not-updated",
                member,
                "the constant changes; compiled code has the new value, reflection sees the old one");
    }

    private static Reason blocked(String code, String member, String text) {
        return new Reason(code, member, text + RESTART);
    }
}
