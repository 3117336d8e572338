package dev.hotpatch.jvmagent.core;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The little of a class file that decides in which order classes can be defined (JVMS 4.1). */
final class ClassFile {
    final String name;
    /** Internal names of the super class and of the interfaces. */
    final List<String> supers;

    private ClassFile(String name, List<String> supers) {
        this.name = name;
        this.supers = supers;
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
        in.readUnsignedShort();
        String name = text(texts, classes, in.readUnsignedShort());
        List<String> supers = new ArrayList<>();
        int superClass = in.readUnsignedShort();
        if (superClass != 0) {
            supers.add(text(texts, classes, superClass));
        }
        for (int n = in.readUnsignedShort(); n > 0; n--) {
            supers.add(text(texts, classes, in.readUnsignedShort()));
        }
        return new ClassFile(name, supers);
    }

    private static String text(String[] texts, int[] classes, int index) throws IOException {
        String text = texts[classes[index]];
        if (text == null) {
            throw new IOException("constant " + index + " is not a class");
        }
        return text;
    }
}
