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

    /** One {@code new} line, with the class's direct super types. */
    static final class NewClass {
        final String name;
        final String digest;
        final BitSet units;
        final List<String> supers;

        NewClass(String name, String digest, BitSet units, List<String> supers) {
            this.name = name;
            this.digest = digest;
            this.units = units;
            this.supers = supers;
        }
    }

    final String identity;
    private final Map<String, byte[]> bytes;
    private final Map<String, List<Redefine>> redefines = new HashMap<>();
    private final Map<String, Set<String>> keeps = new HashMap<>();
    private final List<NewClass> newClasses = new ArrayList<>();
    private final Set<String> newNames = new HashSet<>();

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
