package dev.hotpatch.differ.align;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;

/** The names of the target that mean something else in the base. */
final class Renaming extends Remapper {
    private static final int UTF8 = 1;

    final TreeMap<String, String> classes = new TreeMap<>();

    /** By owner, name and descriptor. */
    private final Map<String, String> methods = new HashMap<>();

    /** By owner and name. */
    final Map<String, String> fields = new HashMap<>();

    /** Descriptors of constructors with a marker as last parameter, which is the base's whatever that class is. */
    final Map<String, String> markers = new HashMap<>();

    private final Set<String> methodNames = new HashSet<>();

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
        for (int item = 1; item < reader.getItemCount(); item++) {
            // The tag lies before what the library calls the item; the second halves of wide numbers have no place.
            int offset = reader.getItem(item);
            if (offset > 0 && reader.readByte(offset - 1) == UTF8) {
                int length = reader.readUnsignedShort(offset);
                String text = new String(classFile, offset + 2, length, StandardCharsets.UTF_8);
                if (text.indexOf('$') >= 0
                        && (methodNames.contains(text) || markers.containsKey(text) || mentionsClass(text))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mentionsClass(String text) {
        if (classes.containsKey(text)) {
            return true;
        }
        for (String part : text.split("[;<>:()\\[.]", -1)) {
            for (int from = part.indexOf('L'); from >= 0; from = part.indexOf('L', from + 1)) {
                if (classes.containsKey(part.substring(from + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    void method(String owner, String name, String desc, String renamed) {
        methods.put(key(owner, name, desc), renamed);
        methodNames.add(name);
    }
}
