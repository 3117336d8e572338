package dev.hotpatch.differ.classes;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/** Which classes a class file names in its constant pool (JVM specification 4.4): itself, what it uses, and types of members it uses. */
public final class ClassReferences {
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_TYPE = 16;

    private ClassReferences() {}

    /** Internal names, sorted; those before the place where a broken class file cannot be read further. */
    public static Set<String> of(byte[] classFile) {
        Set<String> names = new TreeSet<>();
        try {
            ClassReader reader = new ClassReader(classFile);
            char[] buffer = new char[reader.getMaxStringLength()];
            for (int i = 1; i < reader.getItemCount(); i++) {
                int offset = reader.getItem(i);
                if (offset == 0) {
                    continue;
                }
                switch (reader.readByte(offset - 1)) {
                    case CLASS -> named(reader.readUTF8(offset, buffer), names);
                    case NAME_AND_TYPE -> described(reader.readUTF8(offset + 2, buffer), names);
                    case METHOD_TYPE -> described(reader.readUTF8(offset, buffer), names);
                    default -> {}
                }
            }
        } catch (RuntimeException e) {
            // A class file that is this broken is blocked elsewhere.
            return names;
        }
        return names;
    }

    /** The super class and the interfaces; empty for a class file that cannot be read. */
    public static Set<String> superTypes(byte[] classFile) {
        Set<String> names = new TreeSet<>();
        try {
            ClassReader reader = new ClassReader(classFile);
            names.addAll(List.of(reader.getInterfaces()));
            String above = reader.getSuperName();
            if (above != null) {
                names.add(above);
            }
        } catch (RuntimeException e) {
            // Blocked elsewhere, as above.
            return names;
        }
        return names;
    }

    private static void named(String name, Set<String> names) {
        if (name.startsWith("[")) {
            add(Type.getType(name), names);
        } else {
            names.add(name);
        }
    }

    private static void described(String descriptor, Set<String> names) {
        if (descriptor.startsWith("(")) {
            for (Type argument : Type.getArgumentTypes(descriptor)) {
                add(argument, names);
            }
            add(Type.getReturnType(descriptor), names);
        } else {
            add(Type.getType(descriptor), names);
        }
    }

    private static void add(Type type, Set<String> names) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            names.add(element.getInternalName());
        }
    }
}
