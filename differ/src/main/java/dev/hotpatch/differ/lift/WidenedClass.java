package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** A class that becomes public stays closed to other packages; code there that uses it now would fail. */
final class WidenedClass implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        boolean opens = ((delta.target().access() & ~delta.base().access()) & Opcodes.ACC_PUBLIC) != 0;
        if (!opens) {
            return;
        }
        World world = plan.world();
        Set<String> users = new TreeSet<>(world.changed().keySet());
        users.addAll(world.added().keySet());
        for (String user : users) {
            byte[] bytes = world.bytesAfter(user);
            if (bytes != null
                    && !Reach.samePackage(user, delta.name())
                    && uses(Trees.read(bytes)).contains(delta.name())) {
                plan.block(delta.name(), LiftReasons.closedClass(user));
                return;
            }
        }
    }

    /** The classes that code must be allowed to use. */
    private static Set<String> uses(ClassNode node) {
        List<Type> types = new ArrayList<>();
        node.methods.forEach(method -> {
            for (AbstractInsnNode instruction : method.instructions) {
                add(instruction, types);
            }
        });
        Set<String> names = new TreeSet<>();
        for (Type type : types) {
            Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
            if (element.getSort() == Type.OBJECT) {
                names.add(element.getInternalName());
            }
        }
        return names;
    }

    private static void add(AbstractInsnNode instruction, List<Type> types) {
        if (instruction instanceof TypeInsnNode type) {
            types.add(Type.getObjectType(type.desc));
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            types.add(Type.getType(array.desc));
        } else if (instruction instanceof FieldInsnNode field) {
            types.add(Type.getObjectType(field.owner));
        } else if (instruction instanceof MethodInsnNode call) {
            types.add(Type.getObjectType(call.owner));
        } else if (instruction instanceof LdcInsnNode constant && constant.cst instanceof Type type) {
            types.add(type);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            described(dynamic.desc, types);
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle) {
                    types.add(Type.getObjectType(handle.getOwner()));
                } else if (argument instanceof Type type) {
                    described(type.getDescriptor(), types);
                }
            }
        }
    }

    /** Method types are resolved, and what they name with them. */
    private static void described(String desc, List<Type> types) {
        if (desc.startsWith("(")) {
            types.addAll(List.of(Type.getArgumentTypes(desc)));
            types.add(Type.getReturnType(desc));
        } else {
            types.add(Type.getType(desc));
        }
    }
}
