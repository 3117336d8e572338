package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A field or method within its class. One that becomes static, or stops being so, is another member.
 *
 * @param name its name
 * @param desc its descriptor; that of a method starts with a bracket
 * @param isStatic whether it belongs to the class
 */
record MemberId(String name, String desc, boolean isStatic) implements Comparable<MemberId> {
    static MemberId of(MethodNode method) {
        return new MemberId(method.name, method.desc, (method.access & Opcodes.ACC_STATIC) != 0);
    }

    static MemberId of(FieldNode field) {
        return new MemberId(field.name, field.desc, (field.access & Opcodes.ACC_STATIC) != 0);
    }

    boolean isMethod() {
        return desc.startsWith("(");
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    boolean isInitialiser() {
        return name.equals("<clinit>");
    }

    /** As members are named in reasons. */
    String text() {
        return isMethod() ? name + desc : name + ":" + desc;
    }

    /** As a record's, without what finds that out anew in every short-lived JVM. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MemberId that
                && isStatic == that.isStatic
                && name.equals(that.name)
                && desc.equals(that.desc);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + desc.hashCode();
    }

    @Override
    public int compareTo(MemberId other) {
        int order = name.compareTo(other.name);
        order = order != 0 ? order : desc.compareTo(other.desc);
        return order != 0 ? order : Boolean.compare(isStatic, other.isStatic);
    }
}
