package dev.hotpatch.differ.lift;

import org.objectweb.asm.Opcodes;

/** A class that only the target has: it may not join the nest of a loaded class, so what such a nest shares is opened to the package. */
final class NewClass {
    private NewClass() {}

    /** Whether the class's nest belongs to a class that is loaded already. */
    static boolean isStranger(World world, ClassShape shape) {
        return !shape.nestHost().equals(shape.name()) && world.added(shape.nestHost()) == null;
    }

    /** The flags that a member of a new class gets. */
    static int flags(World world, ClassShape shape, MemberId member, int flags) {
        boolean opens = (flags & Opcodes.ACC_PRIVATE) != 0
                && isStranger(world, shape)
                && !shape.isInterface()
                && (!member.isMethod() || member.isConstructor() || member.isStatic());
        return opens ? flags & ~Opcodes.ACC_PRIVATE : flags;
    }
}
