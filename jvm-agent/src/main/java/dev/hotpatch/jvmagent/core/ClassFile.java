package dev.hotpatch.jvmagent.core;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The little of a class file that decides in which order classes can be defined, and whether one can take another's place
 * (JVMS 4.1).
 */
final class ClassFile {
    final String name;
    /** Internal names of the super class and of the interfaces. */
    final List<String> supers;

    private final int access;
    /** Fields in their order, methods in any: modifiers, name and descriptor of each. */
    private final List<String> fields;

    private final Set<String> methods;

    private ClassFile(String name, int access, List<String> supers, List<String> fields, Set<String> methods) {
        this.name = name;
        this.access = access;
        this.supers = supers;
        this.fields = fields;
        this.methods = methods;
    }

    /** Whether HotSpot may redefine the one with the other; what some attributes say is left to it. */
    boolean hasShapeOf(ClassFile other) {
        return name.equals(other.name)
                && access == other.access
                && supers.equals(other.supers)
                && fields.equals(other.fields)
                && methods.equals(other.methods);
    }

    /** Whether there is a static method of that name without parameters, which returns a boolean or whatever. */
    boolean hasStatic(String method, boolean returnsBoolean) {
        for (String member : methods) {
            int space = member.indexOf(' ');
            boolean isStatic = (Integer.parseInt(member.substring(0, space)) & Modifier.STATIC) != 0;
            if (isStatic && member.startsWith(method + "()" + (returnsBoolean ? "Z" : ""), space + 1)) {
                return true;
            }
        }
        return false;
    }

    static ClassFile read(byte[] bytes) throws Refusal {
        try {
            return parse(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new Refusal(Refusal.BAD_ARCHIVE, "not a class file: " + e, e);
        }
    }

    private static ClassFile parse(DataInputStream in) throws IOException {
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("no class-file magic");
        }
        in.readInt();
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1:
                    texts[i] = in.readUTF();
                    break;
                case 7:
                    classes[i] = in.readUnsignedShort();
                    break;
                case 8:
                case 16:
                case 19:
                case 20:
                    in.readUnsignedShort();
                    break;
                case 15:
                    in.readUnsignedByte();
                    in.readUnsignedShort();
                    break;
                case 3:
                case 4:
                case 9:
                case 10:
                case 11:
                case 12:
                case 17:
                case 18:
                    in.readInt();
                    break;
                case 5:
                case 6:
                    in.readLong();
                    i++;
                    break;
                default:
                    throw new IOException("constant " + i + " has the unknown tag " + tag);
            }
        }
        int access = in.readUnsignedShort();
        String name = text(texts, classes, in.readUnsignedShort());
        List<String> supers = new ArrayList<>();
        int superClass = in.readUnsignedShort();
        if (superClass != 0) {
            supers.add(text(texts, classes, superClass));
        }
        for (int n = in.readUnsignedShort(); n > 0; n--) {
            supers.add(text(texts, classes, in.readUnsignedShort()));
        }
        List<String> fields = members(in, texts);
        return new ClassFile(name, access, supers, fields, new TreeSet<>(members(in, texts)));
    }

    private static List<String> members(DataInputStream in, String[] texts) throws IOException {
        List<String> members = new ArrayList<>();
        for (int n = in.readUnsignedShort(); n > 0; n--) {
            members.add(in.readUnsignedShort() + " " + texts[in.readUnsignedShort()] + texts[in.readUnsignedShort()]);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.readUnsignedShort();
                int length = in.readInt();
                if (length < 0 || in.skipBytes(length) != length) {
                    throw new IOException("an attribute of " + length + " bytes does not fit");
                }
            }
        }
        return members;
    }

    private static String text(String[] texts, int[] classes, int index) throws IOException {
        String text = texts[classes[index]];
        if (text == null) {
            throw new IOException("constant " + index + " is not a class");
        }
        return text;
    }
}
