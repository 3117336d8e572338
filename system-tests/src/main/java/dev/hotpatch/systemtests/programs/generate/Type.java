package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A class or interface; edits change it. Compared by identity. */
final class Type {
    enum Kind {
        CLASS,
        INTERFACE,
        ENUM,
        RECORD
    }

    final String pack;
    final String name;
    final Kind kind;
    final @Nullable Type outer;
    /** For a nested class. */
    boolean isStatic = true;

    Access access = Access.PUBLIC;
    boolean isAbstract;
    boolean isFinal;
    boolean isSealed;
    /** Whether lambdas implement it, so that it must not get a second abstract method. */
    boolean isFunctional;
    /** Whether it has a type parameter T. */
    boolean isGeneric;

    @Nullable
    Type parent;

    final List<Type> interfaces = new ArrayList<>();
    /** Interfaces of the JDK. */
    final List<String> others = new ArrayList<>();

    final List<String> constants = new ArrayList<>();
    final List<Field> fields = new ArrayList<>();
    final List<Method> methods = new ArrayList<>();
    final List<Type> nested = new ArrayList<>();

    Type(String pack, String name, Kind kind, @Nullable Type outer) {
        this.pack = pack;
        this.name = name;
        this.kind = kind;
        this.outer = outer;
    }

    Type top() {
        return outer == null ? this : outer.top();
    }

    String path() {
        return outer == null ? name : outer.path() + "." + name;
    }

    /** As the type of a variable. */
    String use() {
        return isGeneric ? path() + "<String>" : path();
    }

    boolean isInterface() {
        return kind == Kind.INTERFACE;
    }

    boolean isInner() {
        return outer != null && !isStatic;
    }

    boolean mayHaveStatics() {
        return !isInner();
    }

    boolean isVisibleFrom(Type from) {
        if (outer != null && !outer.isVisibleFrom(from)) {
            return false;
        }
        return switch (access) {
            case PRIVATE -> top() == from.top();
            case PACKAGE, PROTECTED -> pack.equals(from.pack);
            case PUBLIC -> true;
        };
    }

    /** This, the super classes, and all interfaces of them. */
    Stream<Type> ancestry() {
        Stream<Type> above = parent == null ? Stream.of() : parent.ancestry();
        return Stream.concat(
                        Stream.of(this),
                        Stream.concat(above, interfaces.stream().flatMap(Type::ancestry)))
                .distinct();
    }

    boolean isA(Type other) {
        return ancestry().anyMatch(type -> type == other);
    }

    /** Whether every class from this to {@code ancestor} is in one package, so that package-private members come down. */
    boolean inheritsWithinPackage(Type ancestor) {
        for (Type type = this; type != null; type = type.parent) {
            if (!type.pack.equals(ancestor.pack)) {
                return false;
            }
            if (type == ancestor) {
                return true;
            }
        }
        return true;
    }

    Stream<Method> constructors() {
        return methods.stream().filter(Method::isConstructor);
    }

    Optional<Method> own(String method) {
        return methods.stream().filter(m -> m.name.equals(method)).findFirst();
    }

    /** Methods of this and above that lack a body, and for which this has and inherits none. */
    List<Method> obligations() {
        return ancestry()
                .flatMap(type -> type.methods.stream())
                .filter(method ->
                        method.isAbstract && implementation(method.name).isEmpty())
                .toList();
    }

    /** The body that a call on an instance of exactly this class runs. */
    Optional<Method> implementation(String method) {
        for (Type type = this; type != null; type = type.parent) {
            Optional<Method> found = type.own(method);
            if (found.isPresent()) {
                return found.filter(m -> !m.isAbstract);
            }
        }
        return ancestry()
                .filter(Type::isInterface)
                .map(type -> type.own(method))
                .flatMap(Optional::stream)
                .filter(m -> !m.isAbstract && !m.isStatic && m.access != Access.PRIVATE)
                .findFirst();
    }

    /** An inherited method of that name that this may override and call by {@code super}. */
    Optional<Method> inheritedBody(String method) {
        return Optional.ofNullable(parent)
                .map(Objects::requireNonNull)
                .flatMap(above -> above.ancestry()
                        .filter(type -> !type.isInterface())
                        .map(type -> type.own(method))
                        .flatMap(Optional::stream)
                        .findFirst())
                .filter(m -> !m.isAbstract && !m.isStatic && m.isVisibleFrom(this, true));
    }
}
