package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lambdas and method references that take or return an interface which classes have got: the object that the JDK makes for them would cast
 * to it. It gets the type that is known without generics, and a method that casts as all other code does.
 */
final class GainedLambdas {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final int ERASED = 0;
    private static final int CODE = 1;
    private static final int INSTANTIATED = 2;

    private final Sites sites;
    private final Companions companions;

    GainedLambdas(Sites sites, Companions companions) {
        this.sites = sites;
        this.companions = companions;
    }

    /** Changes the call site where it needs to be; what it is then is right as it is. */
    boolean rewrite(Placement place, InvokeDynamicInsnNode dynamic) {
        boolean makesLambda = dynamic.bsm.getOwner().equals(FACTORY);
        for (int i = makesLambda ? INSTANTIATED + 1 : 0; i < dynamic.bsmArgs.length; i++) {
            if (dynamic.bsmArgs[i] instanceof Type type && isGained(type)) {
                throw new LiftException(
                        "the JVM's own code asks for " + type.getClassName() + ", which a class gets, at run time");
            }
        }
        if (!makesLambda
                || !(dynamic.bsmArgs[ERASED] instanceof Type erased)
                || !(dynamic.bsmArgs[CODE] instanceof Handle handle)
                || !(dynamic.bsmArgs[INSTANTIATED] instanceof Type instantiated)) {
            return false;
        }
        Type[] known = erased.getArgumentTypes();
        Type[] wanted = instantiated.getArgumentTypes();
        boolean any = isGained(erased.getReturnType())
                && !erased.getReturnType().equals(Type.getReturnType(handle.getDesc()));
        for (int i = 0; i < known.length; i++) {
            any |= isGained(wanted[i]) && !wanted[i].equals(known[i]);
        }
        if (!any) {
            return false;
        }
        Type[] captured = Type.getArgumentTypes(dynamic.desc);
        Type[] taken = new Type[captured.length + known.length];
        Type[] cast = new Type[taken.length];
        System.arraycopy(captured, 0, taken, 0, captured.length);
        System.arraycopy(captured, 0, cast, 0, captured.length);
        for (int i = 0; i < known.length; i++) {
            cast[captured.length + i] = wanted[i];
            boolean open = isGained(wanted[i]);
            taken[captured.length + i] = open ? known[i] : wanted[i];
            wanted[i] = open ? known[i] : wanted[i];
        }
        Type returned = returned(erased, handle);
        dynamic.bsmArgs[CODE] = method(place, handle, taken, cast, returned);
        dynamic.bsmArgs[INSTANTIATED] = Type.getMethodType(instantiated.getReturnType(), wanted);
        return true;
    }

    private boolean isGained(@Nullable Type type) {
        return type != null
                && type.getSort() == Type.OBJECT
                && !sites.plan().gained(type.getInternalName()).isEmpty();
    }

    private Type returned(Type erased, Handle handle) {
        if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            return Type.getObjectType(handle.getOwner());
        }
        Type returned = Type.getReturnType(handle.getDesc());
        return isGained(erased.getReturnType()) && returned.getSort() == Type.OBJECT
                ? erased.getReturnType()
                : returned;
    }

    /** Writes the method that casts, and calls what the lambda calls. */
    private Handle method(Placement place, Handle handle, Type[] taken, Type[] cast, Type returned) {
        LiftPlan plan = sites.plan();
        ClassShape shape = plan.world().after().shape(place.logical());
        String companion = plan.companion(place.logical());
        String desc = Type.getMethodDescriptor(returned, taken);
        String name = plan.name(companion, handle.getName().replaceAll("[<>]", "") + "$lambda", desc);
        MethodNode method = new MethodNode(Companions.METHOD | Opcodes.ACC_SYNTHETIC, name, desc, null, null);
        InsnList code = method.instructions;
        if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            code.add(new TypeInsnNode(Opcodes.NEW, handle.getOwner()));
            code.add(new InsnNode(Opcodes.DUP));
        }
        Type[] needed = needed(handle);
        int slot = 0;
        for (int i = 0; i < taken.length; i++) {
            code.add(new VarInsnNode(taken[i].getOpcode(Opcodes.ILOAD), slot));
            slot += taken[i].getSize();
            convert(code, cast[i], needed[i]);
        }
        code.add(new MethodInsnNode(
                Constants.opcode(handle.getTag()),
                handle.getOwner(),
                handle.getName(),
                handle.getDesc(),
                handle.isInterface()));
        if (isGained(returned)) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, returned.getInternalName()));
        }
        code.add(new InsnNode(returned.getOpcode(Opcodes.IRETURN)));
        sites.rewrite(new Placement(companion, place.logical()), method);
        companions
                .of(companion, place.logical(), shape == null ? Opcodes.V1_8 : shape.version(), null)
                .methods
                .add(method);
        return new Handle(Opcodes.H_INVOKESTATIC, companion, name, desc, false);
    }

    /** The types of what the call takes, with the receiver. */
    private static Type[] needed(Handle handle) {
        boolean receives = handle.getTag() != Opcodes.H_INVOKESTATIC && handle.getTag() != Opcodes.H_NEWINVOKESPECIAL;
        return Type.getArgumentTypes(
                receives ? LiftedMethod.withReceiver(handle.getOwner(), handle.getDesc()) : handle.getDesc());
    }

    private static void convert(InsnList code, Type from, Type to) {
        boolean object = from.getSort() >= Type.ARRAY;
        if (object && to.getSort() >= Type.ARRAY) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, from.getInternalName()));
        } else if (object) {
            Code.unbox(code, to);
        } else if (!from.equals(to)) {
            throw new LiftException(
                    "a method reference takes a " + to.getClassName() + " for a " + from.getClassName());
        }
    }
}
