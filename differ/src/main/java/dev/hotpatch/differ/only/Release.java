package dev.hotpatch.differ.only;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of one side as trees, read when they are asked for. For one thread. */
final class Release {
    private final Spool spool;
    private final SortedMap<String, SortedMap<Integer, StoredFile>> files = new TreeMap<>();
    private final Map<String, ClassNode> read = new HashMap<>();

    /** Of these classes; of several with one name the first counts. */
    Release(Spool spool, List<SortedMap<ClassKey, StoredFile>> units) {
        this.spool = spool;
        for (SortedMap<ClassKey, StoredFile> unit : units) {
            unit.forEach((key, file) ->
                    files.computeIfAbsent(key.name(), any -> new TreeMap<>()).putIfAbsent(key.release(), file));
        }
    }

    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(files.keySet()));
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** Whether both sides have the same class files under that name, for all releases of Java. */
    boolean same(Release other, String name) {
        return has(name) && digests(name).equals(other.digests(name));
    }

    /** Whether they are the same for all releases of Java but those that see what the others need no form for. */
    boolean sameForms(Release other, String name) {
        Map<Integer, Digest> mine = digests(name);
        Map<Integer, Digest> theirs = other.digests(name);
        return mine.remove(0) != null && theirs.remove(0) != null && mine.equals(theirs);
    }

    private Map<Integer, Digest> digests(String name) {
        Map<Integer, Digest> digests = new TreeMap<>();
        files.getOrDefault(name, new TreeMap<>()).forEach((release, file) -> digests.put(release, file.digest()));
        return digests;
    }

    /** Null if this side has not that class, or it cannot be read; of several forms, that for the oldest release of Java. */
    @Nullable
    ClassNode find(String name) {
        SortedMap<Integer, StoredFile> forms = files.get(name);
        if (forms == null) {
            return null;
        }
        ClassNode known = read.get(name);
        if (known == null) {
            known = read(forms.values().iterator().next());
            if (known != null) {
                read.put(name, known);
            }
        }
        return known;
    }

    /** The class as each release of Java sees it, as far as that can be read. */
    List<ClassNode> forms(String name) {
        List<ClassNode> forms = new ArrayList<>();
        files.getOrDefault(name, new TreeMap<>()).values().forEach(file -> {
            ClassNode node = read(file);
            if (node != null) {
                forms.add(node);
            }
        });
        return forms;
    }

    private @Nullable ClassNode read(StoredFile file) {
        try {
            ClassNode node = new ClassNode();
            byte[] bytes = spool.read(file.blob().orElseThrow());
            new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // What cannot be read is taken whole or not at all; planning names it.
            return null;
        }
    }

    /** The class that has the member, looked for upwards from {@code owner}; null if none that is known. */
    @Nullable
    ClassNode declaring(String owner, Member member) {
        for (ClassNode node : above(owner)) {
            if (access(node, member) >= 0) {
                return node;
            }
        }
        return null;
    }

    /** The class and its super types, as far as they are known: the nearest first, classes before interfaces. */
    List<ClassNode> above(String name) {
        List<ClassNode> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        Deque<String> interfaces = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty() || !interfaces.isEmpty()) {
            String next = open.isEmpty() ? interfaces.pop() : open.pop();
            ClassNode node = seen.add(next) ? orPlatform(next) : null;
            if (node != null) {
                found.add(node);
                if (node.superName != null) {
                    open.add(node.superName);
                }
                interfaces.addAll(node.interfaces);
            }
        }
        return found;
    }

    private @Nullable ClassNode orPlatform(String name) {
        return has(name) ? find(name) : read.computeIfAbsent(name, Release::platform);
    }

    private static @Nullable ClassNode platform(String name) {
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")) {
            if (in == null) {
                return null;
            }
            ClassNode node = new ClassNode();
            new ClassReader(in.readAllBytes()).accept(node, ClassReader.SKIP_CODE);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK's own class " + name + " cannot be read", e);
        }
    }

    static @Nullable MethodNode method(ClassNode node, Member member) {
        return node.methods.stream()
                .filter(method -> Member.of(method).equals(member))
                .findFirst()
                .orElse(null);
    }

    static @Nullable FieldNode field(ClassNode node, Member member) {
        return node.fields.stream()
                .filter(field -> Member.of(field).equals(member))
                .findFirst()
                .orElse(null);
    }

    /** Its modifiers; -1 if the class has no such member. */
    static int access(ClassNode node, Member member) {
        MethodNode method = method(node, member);
        FieldNode field = field(node, member);
        return method != null ? method.access : field != null ? field.access : -1;
    }

    /** Whether a compiler made and numbered it: its name says nothing about which one it is. */
    static boolean isNumbered(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0 && (method.access & Opcodes.ACC_BRIDGE) == 0;
    }

    /** Whether it is an anonymous or local class, a table of a switch, or within one. */
    static boolean isNumbered(String className) {
        for (int i = className.indexOf('$'); i >= 0; i = className.indexOf('$', i + 1)) {
            if (i + 1 < className.length() && Character.isDigit(className.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }
}
