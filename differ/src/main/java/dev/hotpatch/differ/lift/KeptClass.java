package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.classes.ClassReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * A class that the target turns into an interface. A loaded class stays one, so the target is rewritten as one that still has an abstract
 * class there, and the new classes that implement the interface extend it. Objects of the class that exist keep the code they have.
 */
final class KeptClass {
    private static final String OBJECT = "java/lang/Object";

    private final World world;
    private final Hierarchy target;
    private final ClassShape base;
    private final ClassNode node;
    private final List<ClassNode> users = new ArrayList<>();

    private KeptClass(World world, Comparison.Changed changed) {
        this.world = world;
        this.target = world.targetAsRead();
        this.base = changed.base();
        this.node = Trees.read(changed.targetBytes());
        for (String name : world.written()) {
            byte[] bytes = world.targetBytes(name);
            if (!name.equals(node.name) && ClassReferences.of(bytes).contains(node.name)) {
                users.add(Trees.read(bytes));
            }
        }
    }

    /** Rewrites the target; says of the interfaces that cannot stay classes why. */
    static void rewrite(World world) {
        for (Comparison.Changed changed : List.copyOf(world.changed().values())) {
            if (changed.target().isInterface() && !changed.base().isInterface()) {
                KeptClass kept = new KeptClass(world, changed);
                world.rewriting().attempt(world, changed.base().name(), kept::obstacle, kept::write);
            }
        }
    }

    private @Nullable String obstacle() {
        if ((node.access & Opcodes.ACC_ANNOTATION) != 0) {
            return "it becomes an annotation";
        }
        if (!OBJECT.equals(base.superName()) || (base.access() & Opcodes.ACC_FINAL) != 0) {
            return "it is final, or stands below another class";
        }
        if (base.flags(constructor()) >= 0) {
            return "it has a constructor without arguments, whose code is not that of the classes below it";
        }
        String unanswered = unanswered();
        if (unanswered != null) {
            return "objects that exist have no " + unanswered;
        }
        String own = ofItsOwn();
        if (own != null) {
            return "objects that exist have a " + own + " of their own, and new classes do not";
        }
        for (String name : world.namesAfter()) {
            if (!name.equals(node.name) && target.isSubtype(name, node.name)) {
                String obstacle = below(name);
                if (obstacle != null) {
                    return name + " " + obstacle;
                }
            }
        }
        for (ClassNode user : users) {
            if (MethodUses.reifies(user, node.name, false)
                    || user.methods.stream().anyMatch(this::makesLambda)) {
                return user.name + " may make an object of it at run time";
            }
        }
        return null;
    }

    /** A method of the interface that objects of the class do not have; the others keep the code of the base. */
    private @Nullable String unanswered() {
        for (ClassShape shape : target.superTypes(node.name)) {
            if (!shape.isInterface()) {
                continue;
            }
            for (Map.Entry<MemberId, Integer> entry : shape.members().entrySet()) {
                boolean isAbstract = (entry.getValue() & Opcodes.ACC_ABSTRACT) != 0;
                Hierarchy.Found now = isAbstract ? target.member(node.name, entry.getKey()) : null;
                Hierarchy.Found there = world.before().member(node.name, entry.getKey());
                boolean has = there != null && there.is(Opcodes.ACC_PUBLIC) && !there.is(Opcodes.ACC_ABSTRACT);
                if (now != null && now.is(Opcodes.ACC_ABSTRACT) && !has) {
                    return entry.getKey().text();
                }
            }
        }
        return null;
    }

    /** A method of the class that new classes would not have, as they inherit another one, and objects that exist have. */
    private @Nullable String ofItsOwn() {
        for (Map.Entry<MemberId, Integer> entry : base.members().entrySet()) {
            MemberId member = entry.getKey();
            boolean virtual = member.isMethod()
                    && !member.isStatic()
                    && !member.isConstructor()
                    && (entry.getValue() & Opcodes.ACC_PRIVATE) == 0;
            Hierarchy.Found now = virtual ? target.member(node.name, member) : null;
            if (now != null && !now.is(Opcodes.ACC_ABSTRACT)) {
                return member.text();
            }
        }
        return null;
    }

    private @Nullable String below(String name) {
        ClassShape shape = Objects.requireNonNull(target.shape(name), name);
        if (shape.isInterface()) {
            return "is an interface below it";
        }
        if (world.added(name) == null) {
            return "has it above, and is no new class";
        }
        boolean direct = shape.interfaces().contains(node.name);
        boolean inherits = target.isSubtype(String.valueOf(shape.superName()), node.name);
        if (inherits) {
            return null;
        }
        if (!direct) {
            return "has it through another interface";
        }
        return OBJECT.equals(shape.superName()) ? null : "has another super class, too";
    }

    private boolean makesLambda(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode dynamic && dynamic.desc.endsWith(")L" + node.name + ";")) {
                return true;
            }
        }
        return false;
    }

    private static MemberId constructor() {
        return new MemberId("<init>", "()V", false);
    }

    private Map<String, byte[]> write() {
        Map<String, byte[]> written = new TreeMap<>();
        for (ClassNode user : users) {
            if (user.interfaces.remove(node.name)) {
                user.signature = null;
                if (OBJECT.equals(user.superName)) {
                    user.superName = node.name;
                    user.methods.stream()
                            .filter(method -> method.name.equals("<init>"))
                            .forEach(method -> callConstructor(user, method));
                }
            }
            MethodUses.change(user, this::call);
            written.put(user.name, Companions.bytes(user));
        }
        node.access = (node.access & ~Opcodes.ACC_INTERFACE) | Opcodes.ACC_SUPER;
        node.signature = null;
        MethodNode constructor = new MethodNode(Opcodes.ACC_PROTECTED, "<init>", "()V", null, null);
        constructor.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        constructor.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false));
        constructor.instructions.add(new InsnNode(Opcodes.RETURN));
        node.methods.add(constructor);
        MethodUses.change(node, this::call);
        written.put(node.name, Companions.bytes(node));
        world.rewriting().keepsClass(node.name);
        return written;
    }

    /** Has the constructor call that of the class where it called that of {@code Object}. */
    private void callConstructor(ClassNode user, MethodNode method) {
        Frame<BasicValue>[] frames = Uninitialised.frames(user.name, method);
        AbstractInsnNode[] instructions = method.instructions.toArray();
        for (int i = 0; i < instructions.length; i++) {
            Frame<BasicValue> frame = frames[i];
            if (instructions[i] instanceof MethodInsnNode call
                    && call.name.equals("<init>")
                    && call.owner.equals(OBJECT)
                    && frame != null
                    && frame.getStack(frame.getStackSize() - 1) instanceof Uninitialised.Made made
                    && made.by() == null) {
                call.owner = node.name;
            }
        }
    }

    private void call(MethodInsnNode call) {
        if (call.owner.equals(node.name)) {
            if (call.getOpcode() == Opcodes.INVOKEINTERFACE) {
                call.setOpcode(Opcodes.INVOKEVIRTUAL);
            }
            call.itf = false;
        }
    }
}
