package dev.hotpatch.differ.align;

import dev.hotpatch.differ.content.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
     * @param baseNames internal names of all classes of the base; {@code base} has a class file for each
     * @param targetNames internal names of all classes of the target; {@code target} has a class file for each
     * @param tag letters and digits that are unique to the patch, for the names of new anonymous and local classes
     * @param parallel works on one outermost class each; the sources must be safe for its threads
     * @throws RuntimeException if a class file that differs is broken or newer than the library knows
     */
    public static Alignment of(
            SortedSet<String> baseNames,
            ClassSource base,
            SortedSet<String> targetNames,
            ClassSource target,
            String tag,
            Parallel parallel) {
        Map<String, List<String>> inBase = groups(baseNames);
        SortedMap<String, List<String>> inTarget = groups(targetNames);
        inTarget.keySet().retainAll(inBase.keySet());
        Renaming names = new Renaming();
        parallel.map(List.copyOf(inTarget.keySet()), outermost -> {
                    SortedMap<String, byte[]> baseFiles = files(inBase.getOrDefault(outermost, List.of()), base);
                    SortedMap<String, byte[]> targetFiles = files(inTarget.getOrDefault(outermost, List.of()), target);
                    return group(outermost, baseFiles, targetFiles, tag);
                })
                .forEach(names::addAll);
        return names.isEmpty() ? NONE : new Alignment(names);
    }

    /** The names in one outermost class; what others call theirs does not matter to it. */
    private static Renaming group(
            String outermost, SortedMap<String, byte[]> baseFiles, SortedMap<String, byte[]> targetFiles, String tag) {
        Renaming names = new Renaming();
        if (!same(baseFiles, targetFiles) && isNumbered(targetFiles)) {
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

    private static SortedMap<String, List<String>> groups(SortedSet<String> classNames) {
        SortedMap<String, List<String>> groups = new TreeMap<>();
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

    private static boolean same(Map<String, byte[]> base, Map<String, byte[]> target) {
        return base.keySet().equals(target.keySet())
                && base.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), target.get(file.getKey())));
    }
}
