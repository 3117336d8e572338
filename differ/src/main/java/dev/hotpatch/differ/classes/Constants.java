package dev.hotpatch.differ.classes;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;

/** Constants as text, with their types, so that 1 and 1L and "1" differ, and NaNs with different bits do. */
final class Constants {
    private Constants() {}

    /** Whether {@link #write} gives the same text, which it does not always write. */
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        if (left instanceof Float || left instanceof Double || left instanceof ConstantDynamic) {
            StringBuilder one = new StringBuilder();
            StringBuilder other = new StringBuilder();
            write(left, one, Names.AS_WRITTEN);
            write(right, other, Names.AS_WRITTEN);
            return one.compareTo(other) == 0;
        }
        return left.equals(right);
    }

    static void write(@Nullable Object value, StringBuilder text, Names names) {
        if (value == null) {
            text.append("none");
        } else if (value instanceof Handle handle) {
            text.append("handle ").append(handle.getTag()).append(' ');
            text.append(names.of(handle.getOwner())).append('.');
            text.append(names.method(handle.getOwner(), handle.getName(), handle.getDesc()));
            text.append(names.of(handle.getDesc())).append(handle.isInterface());
        } else if (value instanceof ConstantDynamic dynamic) {
            text.append("dynamic ").append(names.of(dynamic.getName())).append(names.of(dynamic.getDescriptor()));
            write(dynamic.getBootstrapMethod(), text, names);
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                text.append(',');
                write(dynamic.getBootstrapMethodArgument(i), text, names);
            }
        } else if (value instanceof Type type) {
            text.append("type ").append(names.of(type.getDescriptor()));
        } else if (value instanceof Float number) {
            text.append("float ").append(Float.floatToRawIntBits(number));
        } else if (value instanceof Double number) {
            text.append("double ").append(Double.doubleToRawLongBits(number));
        } else {
            String plain = value.toString();
            text.append(value.getClass().getSimpleName()).append(' ').append(plain.length());
            text.append(' ').append(plain);
        }
    }
}
