package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes R, the class file to redefine a class with: the base's shape, the target's code. What has no place in the shape goes to the
 * companion. For one class and one thread.
 */
final class PatchedClass {
    private static final int BODYLESS = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

    private final LiftPlan plan;
    private final Sites sites;
    private final Companions companions;
    private final ClassNode base;
    private final ClassNode target;
    private final Map<MemberId, MethodNode> targetMethods;
    private final StaticFields statics;
    private final RemovedFields removed;
    private final Map<String, MethodNode> bodies = new TreeMap<>();
    private boolean changed;

    PatchedClass(LiftPlan plan, Sites sites, Companions companions, ClassNode base, ClassNode target) {
        this.plan = plan;
        this.sites = sites;
        this.companions = companions;
        this.base = base;
        this.target = target;
        EnumConstants.renumber(base, target);
        this.statics = new StaticFields(plan, sites, companions, base, target);
        statics.move();
        new InstanceFields(plan, sites, companions, target).write();
        this.removed = new RemovedFields(base, target);
        this.targetMethods = Trees.methods(target);
        // One that the base has, too, is written twice.
        plan.constructors(base.name).forEach((desc, any) -> bodies.put(desc, body(desc)));
    }

    /** Whether any code had to be written otherwise than in the target. */
    boolean isChanged() {
        return changed;
    }

    /** R as a tree, the target's with other content. */
    ClassNode write() {
        lifted();
        List<MethodNode> methods = new ArrayList<>();
        for (MethodNode old : base.methods) {
            methods.add(method(MemberId.of(old), old));
        }
        Map<MemberId, FieldNode> targetFields = Trees.fields(target);
        List<FieldNode> fields = new ArrayList<>();
        for (FieldNode old : base.fields) {
            FieldNode now = targetFields.getOrDefault(MemberId.of(old), old);
            now.access = old.access;
            fields.add(now);
        }
        target.methods = methods;
        target.fields = fields;
        head();
        return target;
    }

    /** All that HotSpot compares stays the base's. */
    private void head() {
        if (!Objects.equals(base.superName, target.superName) || !base.interfaces.equals(target.interfaces)) {
            target.signature = base.signature;
        }
        target.access = base.access;
        target.superName = base.superName;
        target.interfaces = base.interfaces;
        target.nestHostClass = base.nestHostClass;
        target.nestMembers = base.nestMembers;
        target.permittedSubclasses = base.permittedSubclasses;
        target.recordComponents = base.recordComponents;
        target.outerClass = base.outerClass;
        target.outerMethod = base.outerMethod;
        target.outerMethodDesc = base.outerMethodDesc;
    }

    private MethodNode method(MemberId member, MethodNode old) {
        MethodNode now = targetMethods.get(member);
        MethodNode result;
        if (now == null) {
            result = RemovedMethod.write(plan, target, old);
        } else if (((old.access | now.access) & BODYLESS) != 0) {
            // What has no code on one side keeps what it has; calls of the target's code go to the companion.
            result = old;
        } else {
            result = now;
            result.access = old.access;
            if ((targetAccess(member) & Opcodes.ACC_SYNCHRONIZED) != 0
                    && (old.access & Opcodes.ACC_SYNCHRONIZED) == 0) {
                unlock(member, result);
            } else {
                changed |= sites.rewrite(Placement.in(base.name), result);
            }
        }
        if (member.isInitialiser() && now != null) {
            statics.restore(result);
        }
        if (plan.isOverridden(base.name, member)) {
            // Nobody can mean by super what the target has no code for.
            if (now != null && (now.access & BODYLESS) == 0) {
                original(member, now);
            }
            Originals.ask(plan, companions, base.name, result);
            changed = true;
        }
        if (member.isConstructor()) {
            if (now != null) {
                removed.fill(result);
            }
            entry(member, result);
        }
        return result;
    }

    private int targetAccess(MemberId member) {
        ClassShape shape = plan.world().after().shape(base.name);
        return shape == null ? 0 : shape.flags(member);
    }

    /** The code of a method that becomes synchronized moves, so that what stays can take the lock around it. */
    private void unlock(MemberId member, MethodNode method) {
        String desc = member.isStatic() ? member.desc() : LiftedMethod.withReceiver(base.name, member.desc());
        String name = plan.name(plan.companion(base.name), member.name() + "$locked", desc);
        MethodNode moved = Companions.copy(method, Companions.METHOD, name, desc);
        add(moved, true);
        Locked.write(
                method,
                new MethodInsnNode(Opcodes.INVOKESTATIC, plan.companion(base.name), name, desc, false),
                member.isStatic() ? base.name : "",
                target.version);
        changed = true;
    }

    /** A copy of a method that is going to ask for overriding ones, made before it does. */
    private void original(MemberId member, MethodNode method) {
        MethodNode copy = Companions.copy(
                method,
                Companions.METHOD | Opcodes.ACC_SYNTHETIC,
                plan.original(base.name, member),
                LiftedMethod.withReceiver(base.name, member.desc()));
        add(copy, true);
    }

    /** Puts a method into the companion. */
    private void add(MethodNode method, boolean rewrite) {
        if (rewrite) {
            sites.rewrite(new Placement(plan.companion(base.name), base.name), method);
        }
        companion().methods.add(method);
    }

    private ClassNode companion() {
        return companions.of(plan.companion(base.name), base.name, target.version, target.sourceFile);
    }

    private void lifted() {
        targetMethods.forEach((member, method) -> {
            LiftedMethod lifted = plan.method(base.name, member);
            if (lifted != null) {
                lift(lifted, method);
            }
        });
        if (!plan.constructors(base.name).isEmpty()) {
            EntryConstructor.companion(companion(), plan.constructors(base.name).values());
            companion().methods.stream()
                    .filter(method -> method.name.equals(Factories.NAME))
                    .forEach(method -> sites.rewrite(new Placement(companion().name, base.name), method));
        }
    }

    private void lift(LiftedMethod lifted, MethodNode method) {
        String dispatch = lifted.dispatch();
        if (dispatch != null) {
            add(Dispatcher.method(plan, sites, companions, lifted, dispatch), false);
        }
        String body = lifted.body();
        if (body == null) {
            return;
        }
        int kept = method.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_VARARGS);
        boolean locks = (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
        String name =
                locks ? plan.name(lifted.companion(), lifted.member().name() + "$locked", lifted.staticDesc()) : body;
        add(Companions.copy(method, Companions.METHOD | kept, name, lifted.staticDesc()), true);
        if (locks) {
            MethodNode outer = new MethodNode(Companions.METHOD | kept, body, lifted.staticDesc(), null, null);
            Locked.write(
                    outer,
                    new MethodInsnNode(Opcodes.INVOKESTATIC, lifted.companion(), name, lifted.staticDesc(), false),
                    lifted.member().isStatic() ? base.name : "",
                    target.version);
            add(outer, false);
        }
    }

    private void entry(MemberId member, MethodNode method) {
        Map<Integer, MethodNode> bodies = new TreeMap<>();
        LiftedConstructor any = null;
        for (LiftedConstructor constructor : plan.constructors(base.name).values()) {
            if (constructor.entry().equals(member.desc())) {
                any = constructor;
                bodies.put(constructor.number(), constructor(constructor.desc()));
            }
        }
        if (any != null) {
            EntryConstructor.compose(method, target.version, any, bodies);
            changed = true;
        }
    }

    private MethodNode body(String desc) {
        @Nullable MethodNode method = targetMethods.get(new MemberId("<init>", desc, false));
        if (method == null) {
            throw new IllegalStateException(base.name + " has no constructor " + desc);
        }
        return Companions.copy(method, method.access, method.name, desc);
    }

    private MethodNode constructor(String desc) {
        MethodNode method = bodies.get(desc);
        if (method == null) {
            throw new IllegalStateException(base.name + " has no constructor " + desc);
        }
        sites.rewrite(Placement.in(base.name), method);
        removed.fill(method);
        return method;
    }
}
