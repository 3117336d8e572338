package dev.hotpatch.differ.align;

import dev.hotpatch.differ.content.Parallel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * What names that the compiler made up by counting mean in terms of the base. After {@link #apply} a class or member of the target that has
 * the name of one of the base is its new version, and what is new has a name that the base has not: a plain comparison by name is right, and
 * objects that were made before the patch keep running their own code. Immutable; the same input gives the same names.
 */
public final class Alignment {
    private static final Alignment NONE = new Alignment(new Renaming());
    private final Renaming names;

    private Alignment(Renaming names) {
        this.names = names;
    }

    /**
     * Compares class by class; only outermost classes in which something differs are looked into, as many at a time as {@code parallel} has threads.
     *
     * @param tag letters and digits that are unique to the patch, for the names of new anonymous and local classes
     * @param parallel works on one outermost class each
     * @param known of other sides that have the same tag
     * @throws RuntimeException if a class file that differs is broken or newer than the library knows
     */
    public static Alignment of(ClassSource base, ClassSource target, String tag, Parallel parallel, KnownGroups known) {
        Map<String, List<String>> inBase = groups(base.names());
        Map<String, List<String>> inTarget = groups(target.names());
        Renaming names = new Renaming();
        parallel.map(
                        inTarget.keySet().stream()
                                .filter(inBase::containsKey)
                                .sorted()
                                .toList(),
                        outermost -> {
                            List<String> before = inBase.getOrDefault(outermost, List.of());
                            List<String> now = inTarget.getOrDefault(outermost, List.of());
                            List<String> baseDigests = digests(before, base);
                            List<String> targetDigests = digests(now, target);
                            if (baseDigests.equals(targetDigests)) {
                                return new Renaming();
                            }
                            List<String> all = new ArrayList<>(baseDigests);
                            // No class has an empty name.
                            all.add("");
                            all.addAll(targetDigests);
                            return known.get(all, () -> group(outermost, files(before, base), files(now, target), tag));
                        })
                .forEach(names::addAll);
        return names.isEmpty() ? NONE : new Alignment(names);
    }

    /** The names in one outermost class; what others call theirs does not matter to it. */
    private static Renaming group(
            String outermost, SortedMap<String, byte[]> baseFiles, SortedMap<String, byte[]> targetFiles, String tag) {
        Renaming names = new Renaming();
        if (isNumbered(targetFiles)) {
            Texts texts = new Texts();
            Side baseSide = Side.read(outermost, baseFiles, texts);
            Side targetSide = Side.read(outermost, targetFiles, texts);
            new Group(baseSide, targetSide, texts, tag, names).align();
        }
        return names;
    }

    /** Everything keeps its name. */
    public static Alignment none() {
        return NONE;
    }

    /** The name that a class of the target has in the patched JVM: one of the base (whose new version it is), a fresh one, or its own. */
    public String className(String targetName) {
        return names.map(targetName);
    }

    /** Every class of the target that is called otherwise in the patched JVM, with that name. */
    public SortedMap<String, String> renamedClasses() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(names.classes));
    }

    /**
     * The name of a method in the patched JVM.
     *
     * @param owner the class as the target calls it
     * @param desc the descriptor as the target has it
     */
    public String methodName(String owner, String name, String desc) {
        return names.mapMethodName(owner, name, desc);
    }

    /** True if everything keeps its name. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Gives the names of the patched JVM to classes, methods and fields of the target. */
    public Remapper remapper() {
        return names;
    }

    /** The class file under the names of the patched JVM; the array itself if it mentions nothing that is renamed. */
    public byte[] apply(byte[] targetClassFile) {
        if (isEmpty() || !names.mayConcern(targetClassFile)) {
            return targetClassFile;
        }
        WatchedRemapper watched = new WatchedRemapper(names);
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(targetClassFile).accept(new ClassRemapper(writer, watched), 0);
        return watched.hasRenamed() ? writer.toByteArray() : targetClassFile;
    }

    private static Map<String, List<String>> groups(SortedSet<String> classNames) {
        Map<String, List<String>> groups = new HashMap<>();
        for (String name : classNames) {
            groups.computeIfAbsent(NumberedNames.outermost(name), any -> new ArrayList<>())
                    .add(name);
        }
        return groups;
    }

    private static SortedMap<String, byte[]> files(List<String> names, ClassSource source) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : names) {
            byte[] file = source.find(name);
            if (file != null) {
                files.put(name, file);
            }
        }
        return files;
    }

    /** A quick look: false if there is nothing that a compiler may have numbered. */
    private static boolean isNumbered(SortedMap<String, byte[]> files) {
        return files.keySet().stream().anyMatch(NumberedNames::mayBeNumberedClass)
                || files.values().stream().anyMatch(NumberedNames::mayHaveNumberedMethods);
    }

    /** Each name with the digest of its class file. */
    private static List<String> digests(List<String> names, ClassSource source) {
        List<String> digests = new ArrayList<>(2 * names.size());
        for (String name : names) {
            digests.add(name);
            digests.add(String.valueOf(source.digest(name)));
        }
        return digests;
    }
}
