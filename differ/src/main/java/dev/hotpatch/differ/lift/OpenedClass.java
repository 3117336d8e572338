package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** A class that becomes public stays closed to other packages, and one that was abstract stays so; code that needs more would fail. */
final class OpenedClass implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        int before = delta.base().access();
        int after = delta.target().access();
        boolean opens = (after & ~before & Opcodes.ACC_PUBLIC) != 0;
        boolean completes = (before & ~after & Opcodes.ACC_ABSTRACT) != 0;
        if (!opens && !completes) {
            return;
        }
        World world = plan.world();
        Set<String> users = new TreeSet<>(world.changed().keySet());
        users.addAll(world.added().keySet());
        for (String user : users) {
            byte[] bytes = world.bytesAfter(user);
            ClassNode node = bytes == null ? new ClassNode() : Trees.read(bytes);
            if (opens && !Reach.samePackage(user, delta.name()) && uses(node).contains(delta.name())) {
                plan.block(delta.name(), LiftReasons.keptModifier("public", user + ", of another package, uses it"));
                return;
            }
            if (completes && makes(node, delta.name())) {
                plan.block(delta.name(), LiftReasons.keptModifier("concrete", user + " makes objects of it"));
                return;
            }
        }
    }

    private static boolean makes(ClassNode node, String name) {
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                boolean makes = instruction.getOpcode() == Opcodes.NEW
                        && instruction instanceof TypeInsnNode type
                        && type.desc.equals(name);
                boolean refers = instruction instanceof InvokeDynamicInsnNode dynamic
                        && Arrays.stream(dynamic.bsmArgs)
                                .anyMatch(argument -> argument instanceof Handle handle
                                        && handle.getTag() == Opcodes.H_NEWINVOKESPECIAL
                                        && handle.getOwner().equals(name));
                if (makes || refers) {
                    return true;
                }
            }
        }
        return false;
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
