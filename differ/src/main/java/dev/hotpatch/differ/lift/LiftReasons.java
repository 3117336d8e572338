package dev.hotpatch.differ.lift;

import dev.hotpatch.patchformat.plan.Reason;

/** What the compiler says of a class; docs/reasons.md lists the codes. */
final class LiftReasons {
    private static final String RESTART =
            "; restart with the target image, or build the patch of the fix alone with --only";

    private LiftReasons() {}

    static Reason unreadable(String text) {
        return blocked("class-unreadable", "", "the class file cannot be read (" + text + ")");
    }

    static Reason overridesOutside(MemberId member, String owner) {
        return blocked(
                "overrides-outside",
                member.text(),
                "the added method overrides one of " + owner + ", which the patch does not rewrite");
    }

    static Reason hierarchy(String text) {
        return blocked("hierarchy", "", text);
    }

    static Reason record(String text) {
        return blocked("record-changed", "", text);
    }

    static Reason sealed(String text) {
        return blocked("sealed-changed", "", text);
    }

    static Reason nativeMethod(MemberId member) {
        return blocked("native-method", member.text(), "native code is bound to the class's own methods");
    }

    static Reason inseparable(String field, String why) {
        return blocked("initialiser-not-separable", field, "the added field's initial value cannot be cut out: " + why);
    }

    static Reason interfaceOutside(String name, String why) {
        return blocked("interface-used-outside", "", "the class gets the interface " + name + ", and " + why);
    }

    static Reason unreachable(MemberId member, String why) {
        return blocked("constructor-unreachable", member.text(), why);
    }

    static Reason keptModifier(String modifier, String why) {
        return blocked("modifiers-changed", "", "the class becomes " + modifier + " only with a restart, and " + why);
    }

    static Reason failed(String text) {
        return blocked("lift-failed", "", "the change could not be expressed (" + text + ")");
    }

    /** How a change goes live. */
    static Reason lifted(String kind, String member, String text) {
        return new Reason(Reason.LIFTED + kind, member, text);
    }

    static boolean isLift(Reason reason) {
        return reason.code().startsWith(Reason.LIFTED);
    }

    static Reason warning(String code, String member, String text) {
        return new Reason(code, member, text);
    }

    private static Reason blocked(String code, String member, String text) {
        return new Reason(code, member, text + RESTART);
    }
}
