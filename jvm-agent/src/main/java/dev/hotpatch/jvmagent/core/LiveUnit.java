package dev.hotpatch.jvmagent.core;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live unit that has been read and checked: what becomes of which class. Immutable once its reader has filled it. */
final class LiveUnit {
    /** One {@code redefine} line. */
    static final class Redefine {
        final String oldDigest;
        final String newDigest;
        final BitSet units;

        Redefine(String oldDigest, String newDigest, BitSet units) {
            this.oldDigest = oldDigest;
            this.newDigest = newDigest;
            this.units = units;
        }
    }

    /** One {@code new} line, with what its class file says. */
    static final class NewClass {
        final String name;
        final String digest;
        final BitSet units;
        final ClassFile header;
        final List<String> supers;

        NewClass(String digest, BitSet units, ClassFile header) {
            this.name = header.name;
            this.digest = digest;
            this.units = units;
            this.header = header;
            this.supers = header.supers;
        }
    }

    /** One {@code effect} line. */
    static final class Effect {
        static final String APPLY = "apply";
        static final String PROBE = "probe";
        static final String ROLLBACK = "rollback";
        static final String DROP = "drop";

        final String kind;
        final String className;
        final String method;
        final BitSet units;

        Effect(String kind, String className, String method, BitSet units) {
            this.kind = kind;
            this.className = className;
            this.method = method;
            this.units = units;
        }
    }

    final String identity;
    private final Map<String, byte[]> bytes;
    private final Map<String, List<Redefine>> redefines = new HashMap<>();
    private final Map<String, Set<String>> keeps = new HashMap<>();
    private final List<NewClass> newClasses = new ArrayList<>();
    private final Set<String> newNames = new HashSet<>();
    private final List<Effect> effects = new ArrayList<>();

    LiveUnit(String identity, Map<String, byte[]> bytes) {
        this.identity = identity;
        this.bytes = bytes;
    }

    boolean addRedefine(String name, Redefine line) {
        boolean first = redefine(name, line.oldDigest) == null;
        List<Redefine> lines = redefines.get(name);
        if (lines == null) {
            lines = new ArrayList<>();
            redefines.put(name, lines);
        }
        lines.add(line);
        return first;
    }

    boolean addKeep(String name, String digest) {
        Set<String> digests = keeps.get(name);
        if (digests == null) {
            digests = new HashSet<>();
            keeps.put(name, digests);
        }
        return digests.add(digest) && redefine(name, digest) == null;
    }

    void addNew(NewClass line) {
        newClasses.add(line);
        newNames.add(line.name);
    }

    /**
     * Takes an effect in, if each of its units has a new class of that name, with that method.
     *
     * @param elsewhere units that need not have it, as they do on other releases of Java
     */
    boolean addEffect(Effect line, BitSet elsewhere) {
        BitSet open = (BitSet) line.units.clone();
        open.andNot(elsewhere);
        for (NewClass c : newClasses) {
            if (c.name.equals(line.className) && c.units.intersects(line.units)) {
                open.andNot(c.units);
                if (!c.header.hasStatic(line.method, line.kind.equals(Effect.PROBE))) {
                    return false;
                }
            }
        }
        effects.add(line);
        return open.isEmpty();
    }

    /** Whether the new class of that digest has the effect: the same name may stand for another class in other units. */
    boolean hasEffect(Effect effect, String digest) {
        for (NewClass c : newClasses) {
            if (c.digest.equals(digest) && c.name.equals(effect.className) && c.units.intersects(effect.units)) {
                return true;
            }
        }
        return false;
    }

    /** In the order in which they are run, as long as they are of one kind. */
    List<Effect> effects() {
        return effects;
    }

    /** Internal names of the classes that are redefined. */
    Set<String> redefinedNames() {
        return redefines.keySet();
    }

    Set<String> newNames() {
        return newNames;
    }

    List<NewClass> newClasses() {
        return newClasses;
    }

    @Nullable
    Redefine redefine(String name, String oldDigest) {
        for (Redefine r : redefines.getOrDefault(name, Collections.<Redefine>emptyList())) {
            if (r.oldDigest.equals(oldDigest)) {
                return r;
            }
        }
        return null;
    }

    boolean keeps(String name, String digest) {
        return keeps.getOrDefault(name, Collections.<String>emptySet()).contains(digest);
    }

    /** The digests that a class of this name may have, for messages. */
    String accepted(String name) {
        List<String> digests = new ArrayList<>(keeps.getOrDefault(name, Collections.<String>emptySet()));
        for (Redefine r : redefines.getOrDefault(name, Collections.<Redefine>emptyList())) {
            digests.add(r.oldDigest);
        }
        Collections.sort(digests);
        return String.join(" or ", digests);
    }

    /** The class file with this digest, or null if this unit does not have it; not to be modified. */
    byte @Nullable [] bytes(String digest) {
        return bytes.get(digest);
    }
}
