package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * A method that has no place in the base's shape.
 *
 * @param owner the class that declares it in the target
 * @param companion the class that holds it
 * @param body name of the static method with its code, or null if it is abstract
 * @param dispatch name of the static method that chooses among the overriding ones, or null
 * @param byJvm whether virtual calls stay as they are, because the JVM finds a method there that leads on
 */
record LiftedMethod(
        String owner,
        MemberId member,
        String companion,
        @Nullable String body,
        @Nullable String dispatch,
        boolean byJvm) {
    /** Descriptor of the static methods: the receiver comes first. */
    String staticDesc() {
        return member.isStatic() ? member.desc() : withReceiver(owner, member.desc());
    }

    static String withReceiver(String owner, String desc) {
        Type[] arguments = Type.getArgumentTypes(desc);
        Type[] all = new Type[arguments.length + 1];
        all[0] = Type.getObjectType(owner);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Type.getMethodDescriptor(Type.getReturnType(desc), all);
    }
}
