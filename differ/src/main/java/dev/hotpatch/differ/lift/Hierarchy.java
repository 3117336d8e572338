package dev.hotpatch.differ.lift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** The classes of one side with their super types, and which member a name means there (JVM specification 5.4.3). */
final class Hierarchy {
    private final Function<String, @Nullable ClassShape> shapes;
    /** Every call in every method asks for them; whoever changes what {@code shapes} answers makes another hierarchy. */
    private final Map<String, List<ClassShape>> superTypes = new HashMap<>();

    private final Map<String, Map<MemberId, Optional<Found>>> members = new HashMap<>();

    /**
     * @param shapes a class by its internal name, of this side, of libraries or of the JDK; null if nobody knows it
     */
    Hierarchy(Function<String, @Nullable ClassShape> shapes) {
        this.shapes = shapes;
    }

    /**
     * A member and the class that declares it.
     *
     * @param flags its access flags
     */
    record Found(ClassShape owner, MemberId member, int flags) {
        boolean is(int flag) {
            return (flags & flag) != 0;
        }
    }

    @Nullable
    ClassShape shape(String name) {
        return shapes.apply(name);
    }

    /** The class itself and all super classes that are known, nearest first. */
    List<ClassShape> superClasses(String name) {
        List<ClassShape> chain = new ArrayList<>();
        String next = name;
        while (next != null && chain.size() < 1_000) {
            ClassShape shape = shapes.apply(next);
            if (shape == null) {
                break;
            }
            chain.add(shape);
            next = shape.superName();
        }
        return chain;
    }

    /** All super types including the class itself: classes nearest first, then interfaces; unknown ones are left out. */
    List<ClassShape> superTypes(String name) {
        List<ClassShape> known = superTypes.get(name);
        if (known == null) {
            known = List.copyOf(findSuperTypes(name));
            superTypes.put(name, known);
        }
        return known;
    }

    private List<ClassShape> findSuperTypes(String name) {
        List<ClassShape> all = new ArrayList<>(superClasses(name));
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        all.forEach(shape -> open.addAll(shape.interfaces()));
        while (!open.isEmpty()) {
            String next = open.poll();
            if (seen.add(next)) {
                ClassShape shape = shapes.apply(next);
                if (shape != null) {
                    all.add(shape);
                    open.addAll(shape.interfaces());
                }
            }
        }
        return all;
    }

    /** The first super type that nobody knows. */
    Optional<String> unknownSuperType(String name) {
        for (ClassShape shape : superTypes(name)) {
            for (String each : shape.above()) {
                if (shapes.apply(each) == null) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    boolean isSubtype(String name, String superType) {
        return name.equals(superType)
                || superType.equals("java/lang/Object")
                || superTypes(name).stream()
                        .anyMatch(shape -> shape.name().equals(superType)
                                || shape.interfaces().contains(superType)
                                || superType.equals(shape.superName()));
    }

    @Nullable
    Found method(String owner, String name, String desc, boolean isStatic) {
        return member(owner, new MemberId(name, desc, isStatic));
    }

    /** Field or method; a class's own, then of super classes, then of interfaces, the most specific first. */
    @Nullable
    Found member(String owner, MemberId member) {
        Map<MemberId, Optional<Found>> ofOwner = members.computeIfAbsent(owner, any -> new HashMap<>());
        Optional<Found> known = ofOwner.get(member);
        if (known == null) {
            known = Optional.ofNullable(findMember(owner, member));
            ofOwner.put(member, known);
        }
        return known.orElse(null);
    }

    private @Nullable Found findMember(String owner, MemberId member) {
        List<Found> found = new ArrayList<>();
        for (ClassShape shape : superTypes(owner)) {
            int flags = shape.flags(member);
            if (flags < 0) {
                continue;
            }
            boolean inherited = shape.name().equals(owner)
                    || !member.isMethod()
                    || !shape.isInterface()
                    || (flags & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0;
            if (inherited && !(member.isConstructor() && !shape.name().equals(owner))) {
                Found one = new Found(shape, member, flags);
                if (!shape.isInterface()) {
                    return one;
                }
                found.add(one);
            }
        }
        return mostSpecific(found);
    }

    private @Nullable Found mostSpecific(List<Found> interfaces) {
        Found best = null;
        for (Found candidate : interfaces) {
            boolean abstractOne = candidate.is(Opcodes.ACC_ABSTRACT);
            if (best == null
                    || isSubtype(candidate.owner().name(), best.owner().name())
                    || (best.is(Opcodes.ACC_ABSTRACT)
                            && !abstractOne
                            && !isSubtype(best.owner().name(), candidate.owner().name()))) {
                best = candidate;
            }
        }
        return best;
    }
}
