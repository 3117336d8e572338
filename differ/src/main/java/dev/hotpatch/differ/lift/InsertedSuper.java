package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.classes.ClassReferences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A new class that the target puts above one of the base: a loaded class cannot get a super class, but it can get an interface (see
 * {@link GainedInterfaces}). So where the new class has no state, the target is rewritten as one that has an interface in its place.
 */
final class InsertedSuper {
    private static final String OBJECT = "java/lang/Object";
    private static final int JAVA_8 = 52;
    private static final int NOT_INHERITED = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;

    private final World world;
    private final Hierarchy target;
    private final ClassNode above;
    private final List<ClassNode> users = new ArrayList<>();
    private final List<String> subtypes = new ArrayList<>();

    private InsertedSuper(World world, byte[] above) {
        this.world = world;
        this.target = world.targetAsRead();
        this.above = Trees.read(above);
        for (String name : world.written()) {
            if (name.equals(this.above.name)) {
                continue;
            }
            byte[] bytes = world.targetBytes(name);
            if (ClassReferences.of(bytes).contains(this.above.name)) {
                users.add(Trees.read(bytes));
            }
            if (target.isSubtype(name, this.above.name)) {
                subtypes.add(name);
            }
        }
    }

    /** Rewrites the target; says of the classes that cannot become interfaces why. */
    static void rewrite(World world) {
        Set<String> done = new HashSet<>();
        for (String name = next(world, done); name != null; name = next(world, done)) {
            done.add(name);
            InsertedSuper inserted = new InsertedSuper(world, world.targetBytes(name));
            world.rewriting().attempt(world, name, inserted::obstacle, inserted::write);
        }
    }

    /** The next inserted class, the uppermost first. */
    private static @Nullable String next(World world, Set<String> done) {
        SortedSet<String> inserted = new TreeSet<>();
        for (Comparison.Changed changed : world.changed().values()) {
            String old = String.valueOf(changed.base().superName());
            List<String> between = new ArrayList<>();
            String name = String.valueOf(changed.target().superName());
            for (Comparison.Added each = world.added(name); each != null; each = world.added(name)) {
                between.add(name);
                name = String.valueOf(each.shape().superName());
            }
            if (name.equals(old) && !between.isEmpty()) {
                inserted.add(between.get(between.size() - 1));
            }
        }
        inserted.removeAll(done);
        return inserted.isEmpty() ? null : inserted.first();
    }

    private @Nullable String obstacle() {
        if (!OBJECT.equals(above.superName)) {
            return "it stands below " + above.superName + ", not directly below " + OBJECT;
        }
        if ((above.access & Opcodes.ACC_ABSTRACT) == 0) {
            return "it is not abstract";
        }
        for (FieldNode field : above.fields) {
            if ((field.access & Opcodes.ACC_STATIC) == 0 || field.value == null) {
                return "it has the field " + field.name;
            }
        }
        for (MethodNode method : above.methods) {
            String obstacle = obstacle(method);
            if (obstacle != null) {
                return "of its " + method.name + method.desc + ", which " + obstacle;
            }
        }
        if (!world.changed().keySet().containsAll(world.usersOf(above.name))) {
            return "classes of the base name it, though they do not have it";
        }
        List<ClassNode> all = new ArrayList<>(users);
        all.add(above);
        for (ClassNode user : all) {
            if (MethodUses.reifies(user, above.name, true)) {
                return user.name + " uses it in an array or by reflection";
            }
            if ((user.version & 0xffff) < JAVA_8 && callsCode(user)) {
                return user.name + " is of a version whose code cannot call an interface's own";
            }
        }
        return null;
    }

    private @Nullable String obstacle(MethodNode method) {
        MemberId member = MemberId.of(method);
        if (member.isConstructor()) {
            return FlattenedSuper.isPlain(method) ? null : "does more than to call that of " + OBJECT;
        }
        if (member.isInitialiser()) {
            return "runs when the class is initialised";
        }
        if ((method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED)) != 0) {
            return "is native or synchronized";
        }
        if (ofObject(member) != null) {
            return "overrides one of " + OBJECT;
        }
        boolean hasCode = (method.access & Opcodes.ACC_ABSTRACT) == 0;
        if (hasCode && (above.version & 0xffff) < JAVA_8) {
            return "has code that no interface of its version can have";
        }
        if ((method.access & NOT_INHERITED) != 0) {
            return null;
        }
        if ((method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) == 0
                && !subtypes.stream().allMatch(name -> Reach.samePackage(name, above.name))) {
            return "is package-private, and there are subclasses in other packages";
        }
        return hasCode && subtypes.stream().anyMatch(name -> declaredByInterface(name, member))
                ? "interfaces of its subclasses declare, too"
                : null;
    }

    private boolean declaredByInterface(String subtype, MemberId member) {
        return target.superTypes(subtype).stream()
                .filter(shape -> shape.isInterface() && !target.isSubtype(above.name, shape.name()))
                .anyMatch(shape -> shape.flags(member) >= 0);
    }

    private static Hierarchy.@Nullable Found ofObject(MemberId member) {
        ClassShape object = Platform.shape(OBJECT);
        int flags = object == null ? -1 : object.flags(member);
        return object == null || flags < 0 ? null : new Hierarchy.Found(object, member, flags);
    }

    private boolean callsCode(ClassNode user) {
        boolean[] found = {false};
        MethodUses.change(
                user,
                call -> found[0] |= call.owner.equals(above.name)
                        && !call.name.equals("<init>")
                        && (call.getOpcode() == Opcodes.INVOKESTATIC || call.getOpcode() == Opcodes.INVOKESPECIAL));
        return found[0];
    }

    private Map<String, byte[]> write() {
        Map<String, byte[]> written = new TreeMap<>();
        Set<MemberId> virtual = new HashSet<>();
        for (MethodNode method : above.methods) {
            if ((method.access & NOT_INHERITED) == 0) {
                virtual.add(MemberId.of(method));
            }
        }
        users.forEach(user -> written.put(user.name, write(user, virtual)));
        for (String name : subtypes) {
            if (users.stream().noneMatch(user -> user.name.equals(name))) {
                written.put(name, write(Trees.read(world.targetBytes(name)), virtual));
            }
        }
        above.access = (above.access & ~Opcodes.ACC_SUPER) | Opcodes.ACC_INTERFACE;
        above.methods.removeIf(method -> method.name.equals("<init>"));
        for (MethodNode method : above.methods) {
            if ((method.access & Opcodes.ACC_PRIVATE) == 0) {
                method.access = opened(method.access) & ~Opcodes.ACC_FINAL;
            }
        }
        above.fields.forEach(field -> field.access = opened(field.access));
        above.signature = null;
        MethodUses.change(above, this::call);
        written.put(above.name, Companions.bytes(above));
        return written;
    }

    private static int opened(int access) {
        return (access & ~(Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED)) | Opcodes.ACC_PUBLIC;
    }

    private byte[] write(ClassNode user, Set<MemberId> virtual) {
        if (above.name.equals(user.superName)) {
            user.superName = OBJECT;
            user.interfaces.add(above.name);
            user.signature = null;
        }
        // Only new classes are of the interface for the JVM, which asks for public methods then.
        if (world.added(user.name) != null && subtypes.contains(user.name)) {
            user.methods.stream()
                    .filter(method -> virtual.contains(MemberId.of(method)))
                    .forEach(method -> method.access = opened(method.access));
        }
        MethodUses.change(user, this::call);
        return Companions.bytes(user);
    }

    private void call(MethodInsnNode call) {
        if (!call.owner.equals(above.name)) {
            return;
        }
        MemberId member = new MemberId(call.name, call.desc, call.getOpcode() == Opcodes.INVOKESTATIC);
        if (call.name.equals("<init>") || ofObject(member) != null) {
            call.owner = OBJECT;
            return;
        }
        if (call.getOpcode() == Opcodes.INVOKEVIRTUAL) {
            call.setOpcode(Opcodes.INVOKEINTERFACE);
        }
        call.itf = true;
    }
}
