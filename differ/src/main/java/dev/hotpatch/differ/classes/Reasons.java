package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Reason;

/** The reasons that classes are given; docs/reasons.md lists their codes. */
public final class Reasons {
    private static final String RESTART = "; restart with the target image";

    private Reasons() {}

    static Reason methodAdded(String member) {
        return blocked("method-added", member, "the target adds this method, and a loaded class cannot get one");
    }

    static Reason methodRemoved(String member) {
        return blocked("method-removed", member, "the target lacks this method, and a loaded class cannot lose one");
    }

    static Reason fieldAdded(String member) {
        return blocked("field-added", member, "the target adds this field, and a loaded class cannot get one");
    }

    static Reason fieldRemoved(String member) {
        return blocked("field-removed", member, "the target lacks this field, and a loaded class cannot lose one");
    }

    static Reason fieldChanged(String member, String before) {
        return blocked(
                "field-changed", member, "the field's type was " + before + ", and that of a loaded class stays");
    }

    static Reason modifiersChanged(String member, int before, int after) {
        return blocked(
                "modifiers-changed",
                member,
                "modifiers change from 0x" + Integer.toHexString(before) + " to 0x" + Integer.toHexString(after)
                        + ", and those of a loaded class stay");
    }

    static Reason hierarchy(String what) {
        return blocked("hierarchy", "", what + ", and the hierarchy of a loaded class stays");
    }

    static Reason nestChanged(String what) {
        return blocked("nest-changed", "", what + ", and the nest of a loaded class stays");
    }

    static Reason recordChanged(String what) {
        return blocked("record-changed", "", what + ", and the components of a loaded record stay");
    }

    static Reason sealedChanged(String what) {
        return blocked("sealed-changed", "", what + ", and the permitted subclasses of a loaded class stay");
    }

    static Reason renumbered(String member, String text) {
        return blocked("synthetic-renumbered", member, text);
    }

    static Reason module() {
        return blocked("module", "", "the module's declaration changes, and that of a running module stays");
    }

    /** A module declaration where there was none. */
    public static Reason moduleAdded() {
        return blocked("module", "", "the jar becomes a module, and what runs stays what it is");
    }

    static Reason unreadable(String text) {
        return blocked("class-unreadable", "", "the class file cannot be read (" + text + ")");
    }

    /** A name that the live unit has no way to write. */
    public static Reason unnameable() {
        return blocked("name-not-carried", "", "the class's name has characters that a patch cannot carry");
    }

    /** A class file that becomes two different ones. */
    public static Reason ambiguous(String paths) {
        return blocked("ambiguous", "", "the same class file becomes different ones in " + paths);
    }

    /** A new class that a multi-release jar has in several forms. */
    public static Reason releaseVariant(int release) {
        return blocked(
                "release-variant",
                "",
                "the jar gains or loses the form of this class for Java " + release
                        + ", and which form is loaded is settled");
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
