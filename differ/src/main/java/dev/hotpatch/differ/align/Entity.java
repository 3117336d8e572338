package dev.hotpatch.differ.align;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;

/** Something that the compiler numbered on one side: a class or a method. Mutable, for one group only. */
final class Entity {
    /** The text of what has none; number 0 is the empty text. */
    static final Body NONE = new Body(0, List.of());

    /** Kinds are never paired with one another. */
    enum Kind {
        CLASS,
        /** A named member of a numbered class. */
        MEMBER,
        TABLE,
        MARKER,
        LAMBDA,
        ACCESSOR
    }

    final Kind kind;
    final ClassUnit owner;
    final @Nullable MethodNode method;

    /** The same number on both sides: alike, as far as has been looked into. Negative once paired. */
    int colour;

    int nextColour;

    @Nullable
    Entity partner;

    /** The field of the outer class that the only instance goes to when it is made; empty where there is none. */
    String field = "";

    Entity(Kind kind, ClassUnit owner, @Nullable MethodNode method) {
        this.kind = kind;
        this.owner = owner;
        this.method = method;
    }

    boolean isPaired() {
        return partner != null;
    }

    String name() {
        return method == null ? owner.node.name : method.name;
    }

    static void pair(Entity base, Entity target, int number) {
        base.partner = target;
        target.partner = base;
        base.colour = -1 - number;
        target.colour = base.colour;
    }

    /** The text of a class or method with holes for what is numbered. */
    record Body(int text, List<Entity> holes) {}

    /** Where to look a method up. */
    static @Nullable Entity find(Map<String, Entity> methods, String owner, String name, String desc) {
        return methods.get(owner + '.' + name + desc);
    }
}
