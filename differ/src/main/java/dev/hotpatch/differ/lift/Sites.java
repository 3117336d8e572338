package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.companion.AccessCompanion.Kind;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Rewrites the places of code where the target uses what the patched JVM has elsewhere. One for a patch; for one thread.
 */
final class Sites {
    /** From here on only constructors and initialisers may assign final fields (JVM specification 6.5, putfield). */
    private static final int JAVA_9 = 53;

    private final LiftPlan plan;
    private final World world;
    private final Reach reach;
    private final Accessors accessors;
    private final Constants constants;

    Sites(LiftPlan plan, Accessors accessors, Companions companions) {
        this.plan = plan;
        this.world = plan.world();
        this.reach = new Reach(world);
        this.accessors = accessors;
        this.constants = new Constants(this, companions);
    }

    Reach reach() {
        return reach;
    }

    /** Rewrites a method in place; true if anything was. */
    boolean rewrite(Placement place, MethodNode method) {
        boolean any = new EarlyPuts(plan).move(place.logical(), method);
        ConstructorSites constructors = new ConstructorSites(plan, reach, accessors);
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node instanceof MethodInsnNode call) {
                any |= Adapters.wrap(plan, method, call);
                if (call.name.equals("<init>")) {
                    any |= constructors.rewrite(place, method, call);
                } else {
                    MethodInsnNode other = call(place, call);
                    any |= replace(method, node, other);
                }
            } else if (node instanceof FieldInsnNode field) {
                any |= replace(method, node, field(place, method, field));
            } else if (node instanceof InvokeDynamicInsnNode dynamic) {
                any |= constants.rewrite(place, dynamic);
            } else if (node instanceof LdcInsnNode constant) {
                any |= constants.rewrite(place, constant);
            } else if (node instanceof TypeInsnNode type) {
                any |= replace(method, node, GainedInterfaces.typeTest(plan, type));
            }
        }
        return constructors.finish(place, method) || any;
    }

    private static boolean replace(MethodNode method, AbstractInsnNode node, @Nullable AbstractInsnNode other) {
        if (other == null) {
            return false;
        }
        method.instructions.set(node, other);
        return true;
    }

    /** What to call in the place of a method, or null if the call is right as it is. */
    @Nullable
    MethodInsnNode call(Placement place, MethodInsnNode call) {
        if (call.owner.startsWith("[")) {
            return null;
        }
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        MemberId member = new MemberId(call.name, call.desc, isStatic);
        Hierarchy.Found found = world.after().member(call.owner, member);
        if (found == null) {
            return null;
        }
        boolean own = found.is(Opcodes.ACC_PRIVATE) && found.owner().isInterface();
        if (own && !isStatic && !plan.gained(found.owner().name()).isEmpty()) {
            // A class that has got the interface is none for the JVM, so what its objects run of it is a copy.
            boolean atHome = place.host().equals(found.owner().name());
            return atHome ? null : GainedInterfaces.defaultCall(plan, found);
        }
        MethodInsnNode gained = isStatic ? null : GainedInterfaces.call(plan, call, found);
        if (gained != null) {
            return gained;
        }
        LiftedMethod lifted = plan.method(found.owner().name(), member);
        boolean virtual = call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE;
        if (lifted != null) {
            boolean chosen = virtual && !found.is(Opcodes.ACC_PRIVATE);
            MethodInsnNode other = chosen && lifted.byJvm() ? byJvm(place, call, lifted) : lifted(lifted, chosen);
            if (other != null || (chosen && lifted.byJvm())) {
                return other;
            }
        }
        if (call.getOpcode() == Opcodes.INVOKESPECIAL && !found.is(Opcodes.ACC_PRIVATE)) {
            return superCall(place, call, found);
        }
        return kept(place, call, found, virtual);
    }

    private static @Nullable MethodInsnNode lifted(LiftedMethod lifted, boolean virtual) {
        String name;
        if (virtual && lifted.dispatch() != null) {
            name = lifted.dispatch();
        } else {
            name = lifted.body();
        }
        if (name == null) {
            return null;
        }
        return new MethodInsnNode(Opcodes.INVOKESTATIC, lifted.companion(), name, lifted.staticDesc(), false);
    }

    /** The JVM finds the method of a super type there, which may be open to fewer callers than the one that overrides it. */
    private @Nullable MethodInsnNode byJvm(Placement place, MethodInsnNode call, LiftedMethod lifted) {
        // A new class does not have in the JVM what has moved out of it.
        Hierarchy.Found there = world.added(lifted.owner()) != null
                ? FinalOverrides.below(world, lifted.owner(), lifted.member())
                : world.inJvm().member(call.owner, lifted.member());
        if (there == null || reach.allows(place, there)) {
            return null;
        }
        boolean itf = there.owner().isInterface();
        return accessors.access(
                Kind.INVOKE_VIRTUAL, lifted.owner(), there.owner().name(), itf, call.name, call.desc);
    }

    private @Nullable MethodInsnNode superCall(Placement place, MethodInsnNode call, Hierarchy.Found found) {
        String owner = found.owner().name();
        if (plan.isOverridden(owner, found.member()) && !place.logical().equals(owner)) {
            return Originals.call(plan, found);
        }
        if (found.owner().isInterface() && !world.inJvm().isSubtype(place.logical(), owner)) {
            return GainedInterfaces.defaultCall(plan, found);
        }
        if (place.isAtHome()) {
            return null;
        }
        return accessors.access(Kind.INVOKE_SPECIAL, place.logical(), call.owner, call.itf, call.name, call.desc);
    }

    /** A method that the patched JVM has, too. */
    private @Nullable MethodInsnNode kept(
            Placement place, MethodInsnNode call, Hierarchy.Found found, boolean virtual) {
        boolean nowPrivate = found.is(Opcodes.ACC_PRIVATE);
        boolean privateInJvm = (reach.flags(found) & Opcodes.ACC_PRIVATE) != 0;
        String owner = found.owner().name();
        if (nowPrivate && !privateInJvm && virtual && world.added(owner) == null) {
            // The JVM has a method there that can be overridden: it must not look for another one.
            return place.host().equals(owner)
                    ? new MethodInsnNode(Opcodes.INVOKESPECIAL, call.owner, call.name, call.desc, call.itf)
                    : accessors.access(Kind.INVOKE_SPECIAL, owner, owner, call.itf, call.name, call.desc);
        }
        boolean nonVirtual = call.getOpcode() == Opcodes.INVOKESPECIAL && !place.isAtHome();
        if (reach.allows(place, found) && !nonVirtual) {
            boolean hidden = hides(call.owner, found);
            return hidden && call.getOpcode() != Opcodes.INVOKESPECIAL
                    ? new MethodInsnNode(
                            call.getOpcode(),
                            owner,
                            call.name,
                            call.desc,
                            found.owner().isInterface())
                    : null;
        }
        if (!world.owns(owner) && !world.owns(place.logical())) {
            return null;
        }
        if (call.getOpcode() == Opcodes.INVOKESTATIC) {
            return accessors.access(
                    Kind.INVOKE_STATIC, via(place, found), owner, found.owner().isInterface(), call.name, call.desc);
        }
        if (privateInJvm || nonVirtual) {
            return accessors.access(
                    Kind.INVOKE_SPECIAL, owner, owner, found.owner().isInterface(), call.name, call.desc);
        }
        return accessors.access(
                Kind.INVOKE_VIRTUAL, via(place, found), owner, found.owner().isInterface(), call.name, call.desc);
    }

    /** The class whose access is borrowed: the one that the code belongs to for what it inherits, otherwise the member's own. */
    private String via(Placement place, Hierarchy.Found found) {
        boolean inherits = (reach.flags(found) & Opcodes.ACC_PROTECTED) != 0
                && world.after().isSubtype(place.logical(), found.owner().name());
        return inherits || !world.owns(found.owner().name())
                ? place.logical()
                : found.owner().name();
    }

    private @Nullable AbstractInsnNode field(Placement place, MethodNode method, FieldInsnNode site) {
        int opcode = site.getOpcode();
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        Hierarchy.Found found = world.after().member(site.owner, new MemberId(site.name, site.desc, isStatic));
        if (found == null) {
            return null;
        }
        return field(place, method.name, opcode, site.owner, found);
    }

    /** What to do in the place of a field's instruction; null if it is right as it is. */
    @Nullable
    AbstractInsnNode field(Placement place, String methodName, int opcode, String siteOwner, Hierarchy.Found found) {
        MemberId member = found.member();
        String owner = found.owner().name();
        LiftedField lifted = plan.field(owner, member);
        if (lifted != null) {
            return switch (opcode) {
                case Opcodes.GETFIELD ->
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC,
                            lifted.companion(),
                            "get",
                            "(L" + owner + ";)" + member.desc(),
                            false);
                case Opcodes.PUTFIELD ->
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC,
                            lifted.companion(),
                            "set",
                            "(L" + owner + ";" + member.desc() + ")V",
                            false);
                default -> new FieldInsnNode(opcode, lifted.companion(), member.name(), member.desc());
            };
        }
        boolean put = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
        boolean finalPut = put
                && (reach.flags(found) & Opcodes.ACC_FINAL) != 0
                && !(place.host().equals(owner)
                        && ((found.owner().version() & 0xffff) < JAVA_9
                                || methodName.equals(opcode == Opcodes.PUTFIELD ? "<init>" : "<clinit>")));
        if (reach.allows(place, found) && !finalPut) {
            return hides(siteOwner, found) ? new FieldInsnNode(opcode, owner, member.name(), member.desc()) : null;
        }
        if (!world.owns(owner) && !world.owns(place.logical())) {
            return null;
        }
        Kind kind = switch (opcode) {
            case Opcodes.GETFIELD -> Kind.GET_FIELD;
            case Opcodes.PUTFIELD -> Kind.PUT_FIELD;
            case Opcodes.GETSTATIC -> Kind.GET_STATIC;
            default -> Kind.PUT_STATIC;
        };
        if (kind == Kind.PUT_STATIC && finalPut) {
            throw new LiftException(
                    "static final " + owner + "." + member.text() + " is written from outside its initialiser");
        }
        return accessors.access(
                kind, via(place, found), owner, found.owner().isInterface(), member.name(), member.desc());
    }

    /**
     * Whether the patched JVM would find another member under that name: one that the target has removed, and that the class still has. A
     * removed method that is virtual leads on by itself.
     */
    private boolean hides(String siteOwner, Hierarchy.Found found) {
        if (siteOwner.equals(found.owner().name())) {
            return false;
        }
        Hierarchy.Found inJvm = world.inJvm().member(siteOwner, found.member());
        return inJvm != null
                && !inJvm.owner().name().equals(found.owner().name())
                && (!found.member().isMethod() || found.member().isStatic() || inJvm.is(Opcodes.ACC_PRIVATE));
    }

    World world() {
        return world;
    }

    LiftPlan plan() {
        return plan;
    }

    Accessors accessors() {
        return accessors;
    }
}
