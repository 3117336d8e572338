package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.companion.AccessCompanion.Kind;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Method handles in constants: those of lambdas, method references and dynamic constants. */
final class Constants {
    private final Sites sites;
    private final GainedLambdas lambdas;

    Constants(Sites sites, Companions companions) {
        this.sites = sites;
        this.lambdas = new GainedLambdas(sites, companions);
    }

    boolean rewrite(Placement place, InvokeDynamicInsnNode dynamic) {
        boolean any = lambdas.rewrite(place, dynamic);
        any |= rewrite(place, dynamic.bsmArgs);
        Handle other = handle(place, dynamic.bsm);
        if (other != null) {
            dynamic.bsm = other;
        }
        return any || other != null;
    }

    boolean rewrite(Placement place, LdcInsnNode constant) {
        Object other = constant(place, constant.cst);
        if (other == null) {
            return false;
        }
        constant.cst = other;
        return true;
    }

    private boolean rewrite(Placement place, Object[] arguments) {
        boolean any = false;
        for (int i = 0; i < arguments.length; i++) {
            Object other = constant(place, arguments[i]);
            if (other != null) {
                arguments[i] = other;
                any = true;
            }
        }
        return any;
    }

    private @Nullable Object constant(Placement place, Object value) {
        if (value instanceof Handle handle) {
            return handle(place, handle);
        }
        if (value instanceof ConstantDynamic dynamic) {
            Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = dynamic.getBootstrapMethodArgument(i);
            }
            Handle bootstrap = handle(place, dynamic.getBootstrapMethod());
            if (rewrite(place, arguments) || bootstrap != null) {
                return new ConstantDynamic(
                        dynamic.getName(),
                        dynamic.getDescriptor(),
                        bootstrap == null ? dynamic.getBootstrapMethod() : bootstrap,
                        arguments);
            }
        }
        return null;
    }

    private @Nullable Handle handle(Placement place, Handle handle) {
        int opcode = opcode(handle.getTag());
        if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            return constructor(place, handle);
        }
        if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            Hierarchy.Found found = sites.world()
                    .after()
                    .member(handle.getOwner(), new MemberId(handle.getName(), handle.getDesc(), isStatic));
            AbstractInsnNode other = found == null ? null : sites.field(place, "", opcode, handle.getOwner(), found);
            if (other instanceof FieldInsnNode field) {
                return new Handle(handle.getTag(), field.owner, field.name, field.desc, false);
            }
            return other instanceof MethodInsnNode call ? of(call) : null;
        }
        MethodInsnNode call =
                new MethodInsnNode(opcode, handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
        MethodInsnNode other = sites.call(place, call);
        if (other == null) {
            return null;
        }
        if (other.getOpcode() == Opcodes.INVOKESPECIAL) {
            return new Handle(Opcodes.H_INVOKESPECIAL, other.owner, other.name, other.desc, other.itf);
        }
        return of(other);
    }

    private @Nullable Handle constructor(Placement place, Handle handle) {
        String owner = handle.getOwner();
        LiftPlan plan = sites.plan();
        if (plan.constructor(owner, handle.getDesc()) != null) {
            return of(Factories.call(plan, owner, handle.getDesc()));
        }
        Hierarchy.Found found = sites.world().after().method(owner, "<init>", handle.getDesc(), false);
        if (found == null
                || sites.reach().allows(place, found)
                || !sites.world().owns(owner)) {
            return null;
        }
        return of(sites.accessors().access(Kind.NEW, owner, owner, false, "<init>", handle.getDesc()));
    }

    private static Handle of(MethodInsnNode call) {
        return new Handle(Opcodes.H_INVOKESTATIC, call.owner, call.name, call.desc, call.itf);
    }

    /** The instruction that does what a method handle of that kind does. */
    static int opcode(int tag) {
        return switch (tag) {
            case Opcodes.H_GETFIELD -> Opcodes.GETFIELD;
            case Opcodes.H_GETSTATIC -> Opcodes.GETSTATIC;
            case Opcodes.H_PUTFIELD -> Opcodes.PUTFIELD;
            case Opcodes.H_PUTSTATIC -> Opcodes.PUTSTATIC;
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            default -> Opcodes.INVOKESPECIAL;
        };
    }
}
