package dev.hotpatch.differ.only;

import java.util.Comparator;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** A field or method of a class; the descriptor tells which. */
record Member(String name, String desc) implements Comparable<Member> {
    static final String INITIALISER = "<clinit>";
    static final String CONSTRUCTOR = "<init>";

    private static final Comparator<Member> ORDER =
            Comparator.comparing(Member::name).thenComparing(Member::desc);

    static Member of(MethodNode method) {
        return new Member(method.name, method.desc);
    }

    static Member of(FieldNode field) {
        return new Member(field.name, field.desc);
    }

    boolean isMethod() {
        return desc.startsWith("(");
    }

    /** As reasons name members. */
    String text() {
        return isMethod() ? name + desc : name + ":" + desc;
    }

    @Override
    public int compareTo(Member other) {
        return ORDER.compare(this, other);
    }
}
