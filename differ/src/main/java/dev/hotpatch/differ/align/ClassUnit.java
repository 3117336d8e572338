package dev.hotpatch.differ.align;

import dev.hotpatch.differ.align.Entity.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;

/** One class of a group on one side. */
final class ClassUnit {
    final ClassNode node;

    /** The longest name of a class of this side that this name continues; empty for the outermost. */
    final String parent;

    /** What follows {@link #parent} and a dollar sign. */
    final String rest;

    /** Null for a class whose name a person chose. */
    final @Nullable Entity entity;

    /** The numbered methods with their code. */
    final Map<Entity, Body> methods = new LinkedHashMap<>();

    /** All texts that make up the class; only of numbered classes. */
    final List<Body> members = new ArrayList<>();

    /** The members that a person wrote, without the compiler's bridges. */
    final List<Body> written = new ArrayList<>();

    ClassUnit(ClassNode node, @Nullable ClassUnit parent) {
        this.node = node;
        this.parent = parent == null ? "" : parent.node.name;
        this.rest = parent == null ? node.name : node.name.substring(this.parent.length() + 1);
        Entity.Kind kind = parent == null ? null : kind(node, rest, parent);
        this.entity = kind == null ? null : new Entity(kind, this, null);
    }

    private static Entity.@Nullable Kind kind(ClassNode node, String rest, ClassUnit parent) {
        if (NumberedNames.isTable(node)) {
            return Entity.Kind.TABLE;
        }
        if (!NumberedNames.isNumbered(rest)) {
            return parent.entity == null ? null : Entity.Kind.MEMBER;
        }
        return NumberedNames.isMarker(node) ? Entity.Kind.MARKER : Entity.Kind.CLASS;
    }

    /** The method that the class was written in, without the numbers of lambdas; empty where it is in none. */
    String enclosingMethod() {
        return node.outerMethod == null ? "" : NumberedNames.enclosing(node.outerMethod);
    }

    String outerClass() {
        return node.outerClass == null ? parent : node.outerClass;
    }

    /** The name that a person gave to a local class; what is left of other names without numbers. */
    String simpleName() {
        return rest.replaceAll("\\d+", "#");
    }
}
