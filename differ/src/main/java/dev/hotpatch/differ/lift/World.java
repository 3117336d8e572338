package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.Alignment;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Both sides under the names that classes have in the patched JVM, and what differs. Once it is given out it answers the same always; for one
 * thread, as it reads classes when they are asked for.
 */
final class World {
    private final Side base;
    private final Side libraries;
    private final Comparison comparison;
    private final Known known;
    private final Map<String, Optional<ClassShape>> baseShapes = new HashMap<>();
    private final Map<String, Optional<ClassShape>> targetShapes = new HashMap<>();
    private final Rewriting rewriting = new Rewriting();
    private final Hierarchy before = new Hierarchy(this::shapeBefore);
    private final Hierarchy after = new Hierarchy(this::shapeAfter);
    private final Hierarchy inJvm = new Hierarchy(this::shapeInJvm);
    private @Nullable Subtypes subtypes;
    private @Nullable Users users;

    private World(Side base, Side libraries, Comparison comparison, Known known) {
        this.base = base;
        this.libraries = libraries;
        this.comparison = comparison;
        this.known = known;
    }

    /**
     * @param libraries classes that neither side changes, for what lies above the others
     * @param parallel compares classes
     */
    static World of(Side base, Side target, Alignment alignment, Side libraries, Parallel parallel, Known known) {
        World world = new World(base, libraries, Comparison.of(base, target, alignment, parallel, known), known);
        InsertedSuper.rewrite(world);
        KeptClass.rewrite(world);
        FlattenedSuper.rewrite(world);
        return world;
    }

    SortedMap<String, Comparison.Changed> changed() {
        return comparison.changed();
    }

    SortedMap<String, Comparison.Added> added() {
        return comparison.added();
    }

    /** Null for a class that does not differ, or that is not on both sides. */
    Comparison.@Nullable Changed changed(String name) {
        return comparison.changed(name);
    }

    /** Null for a class that is not new. */
    Comparison.@Nullable Added added(String name) {
        return comparison.added(name);
    }

    /** Class files that are different bytes and the same class. */
    SortedSet<String> noise() {
        return comparison.noise();
    }

    /** Classes that only the base has. */
    SortedSet<String> removed() {
        return comparison.removed();
    }

    /** Classes that differ or are new: those that the patch has code of the target for. */
    SortedSet<String> written() {
        SortedSet<String> names = new TreeSet<>(changed().keySet());
        names.addAll(added().keySet());
        return names;
    }

    /** The class file of the target of a class that differs or is new. */
    byte[] targetBytes(String name) {
        byte[] bytes = bytesAfter(name);
        if (bytes == null) {
            throw new IllegalStateException("no class " + name);
        }
        return bytes;
    }

    /** The target as it is while it is being rewritten; {@link #after} is that for all who come later. */
    Hierarchy targetAsRead() {
        return new Hierarchy(name -> {
            Comparison.Changed change = changed(name);
            return change == null ? shapeInJvm(name) : change.target();
        });
    }

    /** Has the target with other code that means the same; for the time before anything is planned. */
    void rewriteTarget(String name, byte[] now) {
        comparison.rewrite(name, now);
    }

    /** How the target was rewritten before it came to be compared, and where it could not be. */
    Rewriting rewriting() {
        return rewriting;
    }

    SortedMap<String, List<Reason>> unreadable() {
        return comparison.unreadable();
    }

    /** The classes as the base has them. */
    Hierarchy before() {
        return before;
    }

    /** The classes as the target has them. */
    Hierarchy after() {
        return after;
    }

    /** The classes as they are in the patched JVM. */
    Hierarchy inJvm() {
        return inJvm;
    }

    /** Whether the patch may rewrite the class. */
    boolean owns(String name) {
        return base.digest(name) != null || added(name) != null;
    }

    /** The class file of the base; null if it has none of that name. */
    byte @Nullable [] baseBytes(String name) {
        return base.find(name);
    }

    /** The class file of the target, or the base's where both have the same; null for a class of neither. */
    byte @Nullable [] bytesAfter(String name) {
        Comparison.Added one = added(name);
        Comparison.Changed change = changed(name);
        if (one != null) {
            return one.bytes();
        }
        return change == null ? base.find(name) : change.targetBytes();
    }

    SortedSet<String> baseNames() {
        return base.names();
    }

    /** The classes of the target, under the names of the patched JVM. */
    SortedSet<String> namesAfter() {
        SortedSet<String> all = new TreeSet<>(base.names());
        all.removeAll(removed());
        all.addAll(added().keySet());
        return all;
    }

    /** Classes of the base that name a class. */
    List<String> usersOf(String name) {
        Users known = users;
        if (known == null) {
            known = Users.of(base, this::owns);
            users = known;
        }
        return known.of(name);
    }

    /** Whether a class of the target may name another one. */
    boolean mentions(String user, String name) {
        return changed(user) != null || added(user) != null || usersOf(name).contains(user);
    }

    /** Classes of both sides that have the class among their super types in the target, sorted. */
    List<String> subtypesAfter(String name) {
        Subtypes known = subtypes;
        if (known == null) {
            known = Subtypes.of(namesAfter(), this::shapeAfter);
            subtypes = known;
        }
        return known.of(name);
    }

    private @Nullable ClassShape shapeBefore(String name) {
        Optional<ClassShape> shape = baseShapes.get(name);
        if (shape == null) {
            String digest = base.digest(name);
            shape = Optional.ofNullable(digest == null ? elsewhere(name) : read(base, name, digest));
            baseShapes.put(name, shape);
        }
        return shape.orElse(null);
    }

    private @Nullable ClassShape elsewhere(String name) {
        String digest = libraries.digest(name);
        return digest == null ? Platform.shape(name) : read(libraries, name, digest);
    }

    private @Nullable ClassShape read(Side side, String name, String digest) {
        ClassShape shape = known.shape(digest);
        byte[] bytes = shape == null ? side.find(name) : null;
        if (bytes == null) {
            return shape;
        }
        try {
            shape = ClassShape.of(bytes);
        } catch (RuntimeException e) {
            // A class file that nobody can read is a class that nobody knows.
            return null;
        }
        known.shape(digest, shape);
        return shape;
    }

    private @Nullable ClassShape shapeAfter(String name) {
        Optional<ClassShape> known = targetShapes.get(name);
        if (known == null) {
            Comparison.Changed change = changed(name);
            known = Optional.ofNullable(change == null ? shapeInJvm(name) : change.target());
            targetShapes.put(name, known);
        }
        return known.orElse(null);
    }

    /** What the patched JVM has under that name: the base's shape where the base has the class. */
    @Nullable
    ClassShape shapeInJvm(String name) {
        Comparison.Added one = added(name);
        return one == null ? shapeBefore(name) : one.shape();
    }
}
