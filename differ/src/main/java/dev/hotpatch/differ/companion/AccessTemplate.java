package dev.hotpatch.differ.companion;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * What every access companion begins with: the bootstrap of its call sites. Runs in the patched program, as a class of that program, on
 * Java 8 and later; so no annotations, lambdas, nested classes and joined strings here, and of newer API only what is caught.
 */
final class AccessTemplate {
    private AccessTemplate() {}

    /**
     * Binds a call site to a member, with the rights of the owner. The types are those of the call site, which the JVM has resolved as
     * it would for code of the owner.
     *
     * @param type receiver first, where there is one
     * @param kind a name of {@link AccessCompanion.Kind}
     * @param ownerName binary name of the class whose rights count
     * @param holderName binary name of the class that is named in the instruction
     * @throws LinkageError as the instruction in the owner's own code would, with what was looked for
     */
    @SuppressWarnings("UnusedMethod") // The call sites of the generated methods name it.
    private static CallSite link(
            Lookup caller, String member, MethodType type, String kind, String ownerName, String holderName) {
        try {
            ClassLoader loader = caller.lookupClass().getClassLoader();
            Class<?> owner = Class.forName(ownerName, false, loader);
            Class<?> holder = ownerName.equals(holderName) ? owner : Class.forName(holderName, false, loader);
            MethodHandle found = find(lookup(owner, caller), kind, owner, holder, member, type);
            // The site passes exactly what the member declares: an array for its last parameter stays one.
            return new ConstantCallSite(found.asFixedArity().asType(type));
        } catch (ReflectiveOperationException e) {
            throw refusal(e, describe(kind, ownerName, holderName, member, type));
        } catch (RuntimeException e) {
            throw refusal(e, describe(kind, ownerName, holderName, member, type));
        }
    }

    private static MethodHandle find(
            Lookup lookup, String kind, Class<?> owner, Class<?> holder, String member, MethodType type)
            throws ReflectiveOperationException {
        return switch (kind) {
            case "GET_FIELD" -> lookup.findGetter(holder, member, type.returnType());
            case "GET_STATIC" -> lookup.findStaticGetter(holder, member, type.returnType());
            case "PUT_FIELD" -> setter(lookup, holder, member, type.parameterType(1));
            case "PUT_STATIC" -> lookup.findStaticSetter(holder, member, type.parameterType(0));
            case "INVOKE_STATIC" -> lookup.findStatic(holder, member, type);
            case "INVOKE_SPECIAL" -> lookup.findSpecial(holder, member, type.dropParameterTypes(0, 1), owner);
            case "INVOKE_VIRTUAL" -> lookup.findVirtual(holder, member, type.dropParameterTypes(0, 1));
            case "NEW" -> lookup.findConstructor(holder, type.changeReturnType(void.class));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static MethodHandle setter(Lookup lookup, Class<?> holder, String name, Class<?> fieldType)
            throws ReflectiveOperationException {
        try {
            return lookup.findSetter(holder, name, fieldType);
        } catch (IllegalAccessException e) {
            // A final field, which constructors write: reflection may, where it has been made accessible.
            for (Field field : holder.getDeclaredFields()) {
                if (field.getName().equals(name) && field.getType() == fieldType) {
                    field.setAccessible(true);
                    return lookup.unreflectSetter(field);
                }
            }
            throw e;
        }
    }

    /** A lookup that may do all that the owner may. */
    private static Lookup lookup(Class<?> owner, Lookup caller) throws ReflectiveOperationException {
        try {
            return MethodHandles.privateLookupIn(owner, caller);
        } catch (NoSuchMethodError e) {
            // Java 8 has no other way, and no modules that would forbid this one.
            Field trusted = Lookup.class.getDeclaredField("IMPL_LOOKUP");
            trusted.setAccessible(true);
            return ((Lookup) trusted.get(null)).in(owner);
        }
    }

    private static String describe(String kind, String owner, String holder, String member, MethodType type) {
        return kind.concat(" of ")
                .concat(holder)
                .concat(".")
                .concat(member)
                .concat(" as ")
                .concat(type.toString())
                .concat(" with the rights of ")
                .concat(owner)
                .concat(": ");
    }

    private static LinkageError refusal(Exception cause, String what) {
        String message = what.concat(String.valueOf(cause.getMessage()));
        LinkageError refused;
        if (cause instanceof NoSuchMethodException) {
            refused = new NoSuchMethodError(message);
        } else if (cause instanceof NoSuchFieldException) {
            refused = new NoSuchFieldError(message);
        } else if (cause instanceof IllegalAccessException) {
            refused = new IllegalAccessError(message);
        } else if (cause instanceof ClassNotFoundException) {
            refused = new NoClassDefFoundError(message);
        } else {
            refused = new LinkageError(message);
        }
        refused.initCause(cause);
        return refused;
    }
}
