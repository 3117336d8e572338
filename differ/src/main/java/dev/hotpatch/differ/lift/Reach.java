package dev.hotpatch.differ.lift;

import org.objectweb.asm.Opcodes;

/** What code may use in the patched JVM, where classes have the base's flags and the base's nests (JVM specification 5.4.4). */
final class Reach {
    private static final int JAVA_11 = 55;

    private final World world;

    Reach(World world) {
        this.world = world;
    }

    /** Flags of a member in the patched JVM. */
    int flags(Hierarchy.Found found) {
        String owner = found.owner().name();
        if (world.added(owner) != null) {
            return NewClass.flags(world, found.owner(), found.member(), found.flags());
        }
        ClassShape shape = world.shapeInJvm(owner);
        int flags = shape == null ? -1 : shape.flags(found.member());
        return flags < 0 ? found.flags() : flags;
    }

    boolean allows(Placement place, Hierarchy.Found found) {
        int flags = flags(found);
        String owner = found.owner().name();
        if ((flags & Opcodes.ACC_PUBLIC) != 0 || place.host().equals(owner)) {
            return true;
        }
        if ((flags & Opcodes.ACC_PRIVATE) != 0) {
            return place.isAtHome() && nestHost(place.host()).equals(nestHost(owner));
        }
        if (samePackage(place.host(), owner)) {
            return true;
        }
        return (flags & Opcodes.ACC_PROTECTED) != 0
                && place.isAtHome()
                && world.inJvm().isSubtype(place.host(), owner);
    }

    static boolean samePackage(String one, String other) {
        return ClassShape.packageOf(one).equals(ClassShape.packageOf(other));
    }

    /** The host of the nest that the JVM holds the class to be in. */
    private String nestHost(String name) {
        ClassShape shape = world.shapeInJvm(name);
        if (shape == null || (shape.version() & 0xffff) < JAVA_11) {
            return name;
        }
        return world.added(name) != null && NewClass.isStranger(world, shape) ? name : shape.nestHost();
    }
}
