package dev.hotpatch.differ.companion;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * Writes the field companion: a class of Java 8 that holds the values of one instance field for which the class of the objects has no
 * room. Objects are known by identity and held weakly. The class has {@code public static D get(LOwner;)}, {@code public static void
 * set(LOwner;D)}, which may be called by any number of threads and are to each other what reads and writes of the field (volatile or not)
 * are, and {@code public static void hotpatchDrop()}, which forgets all values.
 *
 * <p>A value lives as long as its object. It is held by a static table, so that a value which itself refers to its object, however
 * indirectly, keeps both until it is overwritten or dropped: the JDK has no ephemerons. {@link #neverRefersBack} tells the types for which
 * that cannot happen.
 */
public final class FieldCompanion {
    private static final String VALUE = "value";

    /**
     * A static method that makes the value of an object that has none yet: {@code ()D} or {@code (LOwner;)D}. It runs outside any lock,
     * perhaps in several threads at once; the first result is kept and all see it.
     */
    public record InitialCall(String owner, String name, String desc, boolean itf) {}

    private final String companion;
    private final String owner;
    private final String field;
    private final Type type;
    private final @Nullable Object constant;
    private final @Nullable InitialCall initial;

    private FieldCompanion(
            String companion,
            String owner,
            String field,
            String desc,
            @Nullable Object constant,
            @Nullable InitialCall initial) {
        this.companion = companion;
        this.owner = owner;
        this.field = field;
        this.type = Type.getType(desc);
        this.constant = constant;
        this.initial = initial;
    }

    /**
     * The class file; its content depends on the arguments alone.
     *
     * @param companionName internal name of the companion, in the package of the owner
     * @param ownerInternalName internal name of the class that the field is added to
     * @param fieldDesc descriptor of the field
     * @param constantInitial what an object without a value has: Integer (also for boolean, byte, char, short), Long, Float, Double, or a
     *     String; null for 0, false or null
     * @param initial what makes the value of an object without one, instead of a constant
     * @throws IllegalArgumentException if constant or method do not fit the field
     */
    public static byte[] generate(
            String companionName,
            String ownerInternalName,
            String fieldName,
            String fieldDesc,
            boolean isVolatile,
            @Nullable Object constantInitial,
            @Nullable InitialCall initial) {
        InitialValues.check(ownerInternalName, fieldName, fieldDesc, constantInitial, initial);
        FieldCompanion generator =
                new FieldCompanion(companionName, ownerInternalName, fieldName, fieldDesc, constantInitial, initial);
        ClassNode node = Template.read(FieldTemplate.class, companionName);
        int access = isVolatile ? Opcodes.ACC_VOLATILE : 0;
        node.visitField(access, VALUE, fieldDesc, null, null);
        generator.get(node);
        generator.set(node);
        return Template.write(node);
    }

    /**
     * Whether no value of a field of this type can refer to an object of the program, so that the table keeps nothing alive that would
     * otherwise be collected.
     */
    public static boolean neverRefersBack(String fieldDesc) {
        return InitialValues.neverRefersBack(Type.getType(fieldDesc));
    }

    /** The value of the node; without one, the constant, or what the initial call gives if no other thread is first. */
    private void get(ClassNode node) {
        MethodVisitor code = method(node, "get", "(L" + owner + ";)" + type);
        refuseNull(code, "Cannot read field \"" + field + "\" of null");
        findNode(code, 1);
        Label missing = new Label();
        code.visitJumpInsn(Opcodes.IFNULL, missing);
        returnValueOf(code, 1);
        code.visitLabel(missing);
        code.visitFrame(Opcodes.F_APPEND, 1, new Object[] {companion}, 0, null);
        if (initial == null) {
            InitialValues.push(code, type, constant);
        } else {
            if (Type.getArgumentCount(initial.desc) == 1) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
            }
            code.visitMethodInsn(Opcodes.INVOKESTATIC, initial.owner, initial.name, initial.desc, initial.itf);
            code.visitVarInsn(type.getOpcode(Opcodes.ISTORE), 2);
            addNode(code, 2, 1);
            Label added = new Label();
            code.visitJumpInsn(Opcodes.IFNULL, added);
            returnValueOf(code, 1);
            code.visitLabel(added);
            code.visitFrame(Opcodes.F_APPEND, 1, new Object[] {InitialValues.frameType(type)}, 0, null);
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), 2);
        }
        code.visitInsn(type.getOpcode(Opcodes.IRETURN));
        finish(code);
    }

    private void set(ClassNode node) {
        MethodVisitor code = method(node, "set", "(L" + owner + ";" + type + ")V");
        int local = 1 + type.getSize();
        refuseNull(code, "Cannot assign field \"" + field + "\" of null");
        call(code, "expunge", "()V");
        findNode(code, local);
        Label found = new Label();
        Label done = new Label();
        code.visitJumpInsn(Opcodes.IFNONNULL, found);
        if (constant == null && initial == null) {
            // Most constructors give most fields what they have anyway; that needs no node.
            InitialValues.jumpIfDefault(code, type, 1, done);
        }
        addNode(code, 1, local);
        code.visitJumpInsn(Opcodes.IFNULL, done);
        code.visitLabel(found);
        code.visitFrame(Opcodes.F_APPEND, 1, new Object[] {companion}, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, local);
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, companion, VALUE, type.getDescriptor());
        code.visitLabel(done);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.RETURN);
        finish(code);
    }

    /** Leaves the node of the object, or null, in a local and on the stack. */
    private void findNode(MethodVisitor code, int local) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(code, "find", "(Ljava/lang/Object;)L" + companion + ";");
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ASTORE, local);
    }

    /** Leaves the node that was faster, or null, in a local and on the stack. */
    private void addNode(MethodVisitor code, int valueLocal, int local) {
        code.visitTypeInsn(Opcodes.NEW, companion);
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, companion, "<init>", "(Ljava/lang/Object;)V", false);
        code.visitVarInsn(Opcodes.ASTORE, local);
        code.visitVarInsn(Opcodes.ALOAD, local);
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), valueLocal);
        code.visitFieldInsn(Opcodes.PUTFIELD, companion, VALUE, type.getDescriptor());
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, local);
        call(code, "add", "(Ljava/lang/Object;L" + companion + ";)L" + companion + ";");
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ASTORE, local);
    }

    private void returnValueOf(MethodVisitor code, int nodeLocal) {
        code.visitVarInsn(Opcodes.ALOAD, nodeLocal);
        code.visitFieldInsn(Opcodes.GETFIELD, companion, VALUE, type.getDescriptor());
        code.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    /** As the instruction that is stood in for would. */
    private static void refuseNull(MethodVisitor code, String message) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitLdcInsn(message);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/util/Objects",
                "requireNonNull",
                "(Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/Object;",
                false);
        code.visitInsn(Opcodes.POP);
    }

    private void call(MethodVisitor code, String method, String desc) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, companion, method, desc, false);
    }

    private static MethodVisitor method(ClassNode node, String name, String desc) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        MethodVisitor code = node.visitMethod(access, name, desc, null, null);
        code.visitCode();
        return code;
    }

    private static void finish(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
