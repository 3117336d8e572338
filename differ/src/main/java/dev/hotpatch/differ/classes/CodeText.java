package dev.hotpatch.differ.classes;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method's instructions as text: without debug tables, stack maps and constant-pool numbers, its labels numbered in order. The short
 * and the wide form of an instruction are the same here, as the library reads both alike.
 */
public final class CodeText {
    private final IdentityHashMap<LabelNode, Integer> labels = new IdentityHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final Names names;

    private CodeText(Names names) {
        this.names = names;
    }

    /** The instructions, each on a line of its own, and then what catches. */
    public static String of(MethodNode method, Names names) {
        CodeText code = new CodeText(names);
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LabelNode label) {
                code.labels.put(label, code.labels.size());
            }
        }
        for (AbstractInsnNode node : method.instructions) {
            code.instruction(node);
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            code.text.append("try");
            code.label(block.start);
            code.label(block.end);
            code.label(block.handler);
            code.name(block.type).append('\n');
        }
        return code.text.toString();
    }

    private void instruction(AbstractInsnNode node) {
        if (node.getOpcode() < 0) {
            if (node instanceof LabelNode label) {
                label(label);
                text.append('\n');
            }
            return;
        }
        text.append(node.getOpcode());
        if (node instanceof VarInsnNode variable) {
            text.append(' ').append(variable.var);
        } else if (node instanceof FieldInsnNode field) {
            name(field.owner);
            name(field.name);
            name(field.desc);
        } else if (node instanceof MethodInsnNode call) {
            name(call.owner);
            text.append(' ')
                    .append(names.method(call.owner, call.name, call.desc))
                    .append(' ');
            name(call.desc).append(call.itf);
        } else if (node instanceof InvokeDynamicInsnNode call) {
            dynamic(call);
        } else if (node instanceof TypeInsnNode type) {
            name(type.desc);
        } else if (node instanceof IntInsnNode number) {
            text.append(' ').append(number.operand);
        } else if (node instanceof IincInsnNode increment) {
            text.append(' ').append(increment.var).append(' ').append(increment.incr);
        } else if (node instanceof LdcInsnNode constant) {
            text.append(' ');
            Constants.write(constant.cst, text, names);
        } else if (node instanceof JumpInsnNode jump) {
            label(jump.label);
        } else if (node instanceof TableSwitchInsnNode table) {
            text.append(' ').append(table.min).append(' ').append(table.max);
            label(table.dflt);
            labels(table.labels);
        } else if (node instanceof LookupSwitchInsnNode lookup) {
            text.append(lookup.keys);
            label(lookup.dflt);
            labels(lookup.labels);
        } else if (node instanceof MultiANewArrayInsnNode array) {
            name(array.desc).append(array.dims);
        }
        text.append('\n');
    }

    private void dynamic(InvokeDynamicInsnNode call) {
        name(call.name);
        name(call.desc);
        Constants.write(call.bsm, text, names);
        for (Object argument : call.bsmArgs) {
            text.append(',');
            Constants.write(argument, text, names);
        }
    }

    private void labels(List<LabelNode> nodes) {
        nodes.forEach(this::label);
    }

    private void label(LabelNode label) {
        text.append(" L").append(labels.getOrDefault(label, -1));
    }

    private StringBuilder name(@Nullable String name) {
        return text.append(' ').append(name == null ? "any" : names.of(name)).append(' ');
    }
}
