package dev.hotpatch.differ.initial;

import dev.hotpatch.differ.fixture.Classes;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** A class called Subject whose initialiser was parted, defined for real in two classes, and the same class as it was. */
final class Parted {
    final StaticInitialiser.Split split;
    private final Map<String, byte[]> whole;
    private final Map<String, byte[]> parts;

    private Parted(StaticInitialiser.Split split, Map<String, byte[]> whole, Map<String, byte[]> parts) {
        this.split = split;
        this.whole = whole;
        this.parts = parts;
    }

    static Map<String, byte[]> compile(int version, String source) {
        return version > Opcodes.V1_8
                ? Classes.compile(source)
                : Classes.compile(List.of("-source", "8", "-target", "8", "-nowarn", "-Xlint:-options"), source);
    }

    /** @param added names of the fields to move */
    static Parted of(int version, String source, String... added) {
        return of(version, compile(version, source), added);
    }

    static Parted of(int version, Map<String, byte[]> classes, String... added) {
        ClassNode node = new ClassNode();
        new ClassReader(classes.get("Subject")).accept(node, ClassReader.EXPAND_FRAMES);
        node.version = version;
        Set<String> ids = new TreeSet<>();
        for (FieldNode field : node.fields) {
            if (Arrays.asList(added).contains(field.name)) {
                ids.add(field.name + ":" + field.desc);
                field.access &= ~Opcodes.ACC_FINAL;
            }
        }
        MethodNode clinit = node.methods.stream()
                .filter(m -> "<clinit>".equals(m.name))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> whole = new HashMap<>(classes);
        whole.put("Subject", bytes(node));
        StaticInitialiser.Split split =
                StaticInitialiser.split("Subject", clinit, ids, StaticInitialiser.steady(node), any -> false);
        if (!Arrays.equals(whole.get("Subject"), bytes(node))) {
            throw new AssertionError("the initialiser was changed");
        }
        ClassNode companion = new ClassNode();
        companion.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "Companion", null, "java/lang/Object", null);
        node.fields.removeIf(field -> ids.contains(field.name + ":" + field.desc) && companion.fields.add(field));
        node.methods.remove(clinit);
        MethodNode kept = split.kept();
        if (kept != null) {
            node.methods.add(kept);
        }
        MethodNode cut = split.cut();
        if (cut != null) {
            cut.name = "<clinit>";
            companion.methods.add(cut);
        }
        open(node);
        open(companion);
        redirect(node, ids);
        redirect(companion, ids);
        Map<String, byte[]> parts = new HashMap<>(classes);
        parts.put("Subject", bytes(node));
        parts.put("Companion", bytes(companion));
        return new Parted(split, whole, parts);
    }

    private static void open(ClassNode node) {
        node.access = (node.access & ~Opcodes.ACC_FINAL) | Opcodes.ACC_PUBLIC;
        node.fields.forEach(field ->
                field.access = (field.access & ~(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) | Opcodes.ACC_PUBLIC);
        node.methods.forEach(method -> method.access = method.access & ~Opcodes.ACC_PRIVATE);
    }

    private static void redirect(ClassNode node, Set<String> ids) {
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof FieldInsnNode field
                        && "Subject".equals(field.owner)
                        && ids.contains(field.name + ":" + field.desc)) {
                    field.owner = "Companion";
                }
            }
        }
    }

    private static byte[] bytes(ClassNode node) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** Values of all static fields by name, arrays and collections as text, after the class as it was has been initialised. */
    Map<String, String> before() throws ReflectiveOperationException {
        return values(whole, "Subject");
    }

    /** The same of the two classes, the companion being initialised as late as it can be. */
    Map<String, String> after() throws ReflectiveOperationException {
        return values(parts, "Subject", "Companion");
    }

    private static Map<String, String> values(Map<String, byte[]> classes, String... names)
            throws ReflectiveOperationException {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Map<String, String> values = new TreeMap<>();
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.addAll(List.of(Class.forName(name, true, loader).getDeclaredFields()));
        }
        for (Field field : fields) {
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                values.put(field.getName(), text(field.get(null)));
            }
        }
        return values;
    }

    private static String text(@Nullable Object value) {
        if (value != null && value.getClass().isArray()) {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(text(Array.get(value, i)));
            }
            return elements.toString();
        }
        return String.valueOf(value);
    }

    /** How many instructions of a method are these. */
    static int count(@Nullable MethodNode method, int opcode) {
        int count = 0;
        for (AbstractInsnNode node : Objects.requireNonNull(method).instructions) {
            count += node.getOpcode() == opcode ? 1 : 0;
        }
        return count;
    }
}
