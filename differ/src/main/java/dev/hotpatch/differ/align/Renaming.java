package dev.hotpatch.differ.align;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;

/** The names of the target that mean something else in the base. */
final class Renaming extends Remapper {
    /** Tags of the constant pool (Java Virtual Machine Specification, 4.4). */
    private static final int UTF8 = 1;

    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    final Map<String, String> classes = new HashMap<>();

    /** By owner, name and descriptor. */
    private final Map<String, String> methods = new HashMap<>();

    /** By owner and name. */
    final Map<String, String> fields = new HashMap<>();

    /** Descriptors of constructors with a marker as last parameter, which is the base's whatever that class is. */
    final Map<String, String> markers = new HashMap<>();

    private final Set<String> methodNames = new HashSet<>();

    /** What follows the package in the names of {@link #classes}: few of the names in other classes end so. */
    private final Set<String> simpleNames = new HashSet<>();

    /** The outermost classes in which members are renamed. */
    private final Set<String> owners = new HashSet<>();

    Renaming() {
        super(Opcodes.ASM9);
    }

    private static String key(String owner, String name, String desc) {
        return owner + '.' + name + desc;
    }

    boolean isEmpty() {
        return classes.isEmpty() && methods.isEmpty() && fields.isEmpty() && markers.isEmpty();
    }

    @Override
    public String map(String internalName) {
        return classes.getOrDefault(internalName, internalName);
    }

    @Override
    public String mapMethodName(String owner, String name, String desc) {
        return methods.isEmpty() ? name : methods.getOrDefault(key(owner, name, desc), name);
    }

    @Override
    public String mapFieldName(String owner, String name, String desc) {
        return fields.isEmpty() ? name : fields.getOrDefault(owner + '.' + name, name);
    }

    @Override
    public String mapMethodDesc(String desc) {
        String marked = markers.get(desc);
        return marked == null ? super.mapMethodDesc(desc) : marked;
    }

    /** The name that a person gave to a local class stays. */
    @Override
    public @Nullable String mapInnerClassName(String name, @Nullable String ownerName, @Nullable String innerName) {
        return innerName;
    }

    /**
     * A quick look at the names in a class file.
     *
     * @return false if nothing that it mentions has another name here; true if something may have
     */
    boolean mayConcern(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        if (owners.contains(NumberedNames.outermost(reader.getClassName()))) {
            return true;
        }
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int item = 1; item < reader.getItemCount(); item++) {
            // The tag lies before what the library calls the item; the second halves of wide numbers have no place.
            int offset = reader.getItem(item);
            if (offset > 0 && concerns(reader, classFile, offset, buffer)) {
                return true;
            }
        }
        return false;
    }

    private boolean concerns(ClassReader reader, byte[] classFile, int offset, char[] buffer) {
        int tag = classFile[offset - 1];
        if (tag == METHOD || tag == INTERFACE_METHOD) {
            int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
            int name = reader.getItem(reader.readUnsignedShort(nameAndType));
            return hasDollar(classFile, name)
                    && methodNames.contains(reader.readUTF8(nameAndType, buffer))
                    && methods.containsKey(key(
                            reader.readClass(offset, buffer),
                            reader.readUTF8(nameAndType, buffer),
                            reader.readUTF8(nameAndType + 2, buffer)));
        }
        if (tag != UTF8 || !hasDollar(classFile, offset)) {
            return false;
        }
        String text = new String(classFile, offset + 2, length(classFile, offset), StandardCharsets.UTF_8);
        return markers.containsKey(text) || mentionsClass(text);
    }

    private static int length(byte[] classFile, int utf8) {
        return ((classFile[utf8] & 0xff) << 8) | (classFile[utf8 + 1] & 0xff);
    }

    private static boolean hasDollar(byte[] classFile, int utf8) {
        int end = utf8 + 2 + length(classFile, utf8);
        for (int at = utf8 + 2; at < end; at++) {
            if (classFile[at] == '$') {
                return true;
            }
        }
        return false;
    }

    /** Looks at every part of a name, descriptor or signature that may be the name of a class; all that are renamed have a dollar. */
    private boolean mentionsClass(String text) {
        if (classes.isEmpty()) {
            return false;
        }
        if (classes.containsKey(text)) {
            return true;
        }
        int start = 0;
        int slash = -1;
        boolean dollar = false;
        for (int at = 0; at <= text.length(); at++) {
            char c = at < text.length() ? text.charAt(at) : ';';
            switch (c) {
                case '$' -> dollar = true;
                case '/' -> slash = at;
                case ';', '<', '>', ':', '(', ')', '[', '.' -> {
                    if (dollar && isClass(text, start, slash, at)) {
                        return true;
                    }
                    start = at + 1;
                    slash = -1;
                    dollar = false;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Whether a part of a text is an L, after whatever else, and the name of a class that is renamed. */
    private boolean isClass(String text, int start, int slash, int end) {
        if (slash >= 0 && !simpleNames.contains(text.substring(slash + 1, end))) {
            return false;
        }
        for (int from = text.indexOf('L', start); from >= 0 && from < end; from = text.indexOf('L', from + 1)) {
            if (classes.containsKey(text.substring(from + 1, end))) {
                return true;
            }
        }
        return false;
    }

    /** Takes over the names of other classes. */
    void addAll(Renaming others) {
        others.classes.forEach(this::type);
        methods.putAll(others.methods);
        fields.putAll(others.fields);
        markers.putAll(others.markers);
        methodNames.addAll(others.methodNames);
        owners.addAll(others.owners);
    }

    void type(String name, String renamed) {
        classes.put(name, renamed);
        simpleNames.add(name.substring(name.lastIndexOf('/') + 1));
    }

    void method(String owner, String name, String desc, String renamed) {
        methods.put(key(owner, name, desc), renamed);
        methodNames.add(name);
        owners.add(NumberedNames.outermost(owner));
    }
}
