package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class declares, without code.
 *
 * @param version of the class file, with the minor version in the upper half
 * @param access of the class file (not of InnerClasses)
 * @param members flags of fields and methods
 * @param nestHost the nest's host; the class itself if it names none
 * @param nestMembers as a host
 */
record ClassShape(
        String name,
        int version,
        int access,
        @Nullable String superName,
        List<String> interfaces,
        Map<MemberId, Integer> members,
        String nestHost,
        List<String> nestMembers,
        boolean isRecord,
        @Nullable List<String> permitted) {
    private static final int FLAGS = 0xffff;

    static ClassShape of(byte[] classFile) {
        Parser parser = new Parser();
        new ClassReader(classFile)
                .accept(parser, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return parser.shape();
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    /** Flags of a member, or -1 if the class does not declare it. */
    int flags(MemberId member) {
        return members.getOrDefault(member, -1);
    }

    /** The interfaces that the class names, and its super class. */
    List<String> above() {
        List<String> above = new ArrayList<>(interfaces);
        if (superName != null) {
            above.add(superName);
        }
        return above;
    }

    String packageName() {
        return packageOf(name);
    }

    static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('/') + 1);
    }

    private static final class Parser extends ClassVisitor {
        private final SortedMap<MemberId, Integer> members = new TreeMap<>();
        private final List<String> nestMembers = new ArrayList<>();
        private String name = "";
        private int version;
        private int access;
        private @Nullable String superName;
        private List<String> interfaces = List.of();
        private @Nullable String nestHost;
        private boolean isRecord;
        private @Nullable List<String> permitted;

        Parser() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int fileVersion,
                int flags,
                String className,
                @Nullable String signature,
                @Nullable String superClass,
                String @Nullable [] superInterfaces) {
            version = fileVersion;
            access = flags & FLAGS;
            isRecord = (flags & Opcodes.ACC_RECORD) != 0;
            name = className;
            superName = superClass;
            interfaces = superInterfaces == null ? List.of() : List.of(superInterfaces);
        }

        @Override
        public void visitNestHost(String host) {
            nestHost = host;
        }

        @Override
        public void visitNestMember(String member) {
            nestMembers.add(member);
        }

        @Override
        public void visitPermittedSubclass(String subclass) {
            if (permitted == null) {
                permitted = new ArrayList<>();
            }
            permitted.add(subclass);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int flags, String field, String desc, @Nullable String signature, @Nullable Object value) {
            members.put(new MemberId(field, desc, (flags & Opcodes.ACC_STATIC) != 0), flags & FLAGS);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int flags, String method, String desc, @Nullable String signature, String @Nullable [] exceptions) {
            // Refuses a descriptor that is none, on which all else relies.
            Type.getArgumentTypes(desc);
            Type.getReturnType(desc);
            members.put(new MemberId(method, desc, (flags & Opcodes.ACC_STATIC) != 0), flags & FLAGS);
            return null;
        }

        ClassShape shape() {
            return new ClassShape(
                    name,
                    version,
                    access,
                    superName,
                    interfaces,
                    // In their order, and yet found by one look: every call and field of every method asks.
                    Collections.unmodifiableMap(new LinkedHashMap<>(members)),
                    nestHost == null ? name : nestHost,
                    List.copyOf(nestMembers),
                    isRecord,
                    permitted == null ? null : List.copyOf(permitted));
        }
    }
}
