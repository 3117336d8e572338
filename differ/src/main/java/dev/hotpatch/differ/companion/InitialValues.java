package dev.hotpatch.differ.companion;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What an object without a node has, by the type of the field. */
final class InitialValues {
    /** Final classes of the JDK whose objects refer to no object of a program. */
    private static final Set<String> CLOSED = Set.of(
            "java/lang/String",
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double",
            "java/util/UUID",
            "java/util/Locale",
            "java/util/regex/Pattern",
            "java/net/URI",
            "java/time/Duration",
            "java/time/Instant",
            "java/time/LocalDate",
            "java/time/LocalDateTime",
            "java/time/LocalTime",
            "java/time/OffsetDateTime",
            "java/time/Period",
            "java/time/ZonedDateTime");

    private InitialValues() {}

    static void check(
            String owner,
            String field,
            String desc,
            @Nullable Object constant,
            FieldCompanion.@Nullable InitialCall initial) {
        String what = "field " + owner + "." + field + " of type " + desc;
        if (constant != null && initial != null) {
            throw new IllegalArgumentException(what + " has both a constant and a method for its initial value");
        }
        if (constant != null && !fits(Type.getType(desc), constant)) {
            throw new IllegalArgumentException(what + " cannot start with " + constant + " of " + constant.getClass());
        }
        if (initial != null
                && !initial.desc().equals("()" + desc)
                && !initial.desc().equals("(L" + owner + ";)" + desc)) {
            throw new IllegalArgumentException(what + " cannot start with what " + initial + " returns");
        }
    }

    private static boolean fits(Type type, Object constant) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> constant instanceof Integer;
            case Type.LONG -> constant instanceof Long;
            case Type.FLOAT -> constant instanceof Float;
            case Type.DOUBLE -> constant instanceof Double;
            case Type.OBJECT -> constant instanceof String;
            default -> false;
        };
    }

    static boolean neverRefersBack(Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        return element.getSort() != Type.OBJECT || CLOSED.contains(element.getInternalName());
    }

    /** Pushes the constant, or 0 or null. */
    static void push(MethodVisitor code, Type type, @Nullable Object constant) {
        if (constant != null) {
            code.visitLdcInsn(constant);
            return;
        }
        code.visitInsn(
                switch (type.getSort()) {
                    case Type.LONG -> Opcodes.LCONST_0;
                    case Type.FLOAT -> Opcodes.FCONST_0;
                    case Type.DOUBLE -> Opcodes.DCONST_0;
                    case Type.OBJECT, Type.ARRAY -> Opcodes.ACONST_NULL;
                    default -> Opcodes.ICONST_0;
                });
    }

    /** Jumps if a local holds 0 or null; never for float and double, where -0 is not 0. */
    static void jumpIfDefault(MethodVisitor code, Type type, int local, Label target) {
        switch (type.getSort()) {
            case Type.FLOAT, Type.DOUBLE -> {}
            case Type.OBJECT, Type.ARRAY -> {
                code.visitVarInsn(Opcodes.ALOAD, local);
                code.visitJumpInsn(Opcodes.IFNULL, target);
            }
            case Type.LONG -> {
                code.visitVarInsn(Opcodes.LLOAD, local);
                code.visitInsn(Opcodes.LCONST_0);
                code.visitInsn(Opcodes.LCMP);
                code.visitJumpInsn(Opcodes.IFEQ, target);
            }
            default -> {
                code.visitVarInsn(Opcodes.ILOAD, local);
                code.visitJumpInsn(Opcodes.IFEQ, target);
            }
        }
    }

    /** How a stack map frame names a local of the type. */
    static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }
}
