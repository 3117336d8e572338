package dev.hotpatch.jvmagent.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Map;

/**
 * What the JDK keeps of an enum's constants, for {@code valueOf} and for enum sets and maps that are still to be made. {@link Class} asks
 * the enum again once it is forgotten.
 */
final class EnumCaches {
    private EnumCaches() {}

    /** Needs {@code java.lang} to be open to the hook, as {@link LoaderAccess} has it. Where the JDK keeps it otherwise, it stays. */
    static void forget(Class<?> type) {
        if (!type.isEnum()) {
            return;
        }
        try {
            clear(type, "enumConstants", Object[].class);
            clear(type, "enumConstantDirectory", Map.class);
        } catch (Throwable t) {
            // Another JVM's Class: constants that were asked for by name before the patch are then the only ones.
            return;
        }
    }

    private static void clear(Class<?> type, String name, Class<?> fieldType) throws Throwable {
        try {
            Field field = Class.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(type, null);
        } catch (NoSuchFieldException e) {
            // From Java 12 on reflection does not show the fields of Class; a full-power lookup finds them.
            MethodHandles.Lookup lookup = (MethodHandles.Lookup) MethodHandles.class
                    .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
                    .invoke(null, Class.class, MethodHandles.lookup());
            MethodHandle setter = lookup.findSetter(Class.class, name, fieldType);
            setter.invokeWithArguments(type, null);
        }
    }
}
