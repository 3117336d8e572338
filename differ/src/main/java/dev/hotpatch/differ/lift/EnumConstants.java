package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Added constants of an enum. Constants that exist keep their ordinals, so those of added ones come after them, wherever the target has
 * them; the array of all constants is made anew, and so are tables of switches over the enum.
 */
final class EnumConstants implements Lift {
    private static final String JAVAC_TABLE = "$SwitchMap$";
    private static final String KOTLIN_TABLE = "$EnumSwitchMapping$";
    private static final String TABLE_DESC = "[I";

    @Override
    public void plan(Delta delta, LiftPlan plan) {
        boolean grows = delta.added().stream().anyMatch(member -> isConstant(delta.target(), member));
        if (!grows) {
            return;
        }
        delta.kept().stream()
                .filter(member -> isAllConstants(delta.name(), member))
                .forEach(member -> AddedField.lift(delta.name(), member, plan));
        plan.note(
                delta.name(),
                LiftReasons.warning(
                        "enum-constant-added",
                        "",
                        "the added constants come after the existing ones; an EnumMap or EnumSet that exists cannot take them"));
        tables(delta.name(), plan);
    }

    private static boolean isConstant(ClassShape shape, MemberId member) {
        return !member.isMethod() && (shape.flags(member) & Opcodes.ACC_ENUM) != 0;
    }

    /** The array that {@code values()} copies, as javac, Kotlin's and the Eclipse compiler call it. */
    static boolean isAllConstants(String owner, MemberId member) {
        return member.isStatic()
                && member.desc().equals("[L" + owner + ";")
                && (member.name().equals("$VALUES") || member.name().equals("ENUM$VALUES"));
    }

    /** Tables that switches find their cases in, by ordinal, are as long as the enum was when they were filled. */
    private static void tables(String enumName, LiftPlan plan) {
        World world = plan.world();
        List<String> holders = new ArrayList<>();
        for (String name : world.baseNames()) {
            ClassShape shape = world.after().shape(name);
            if (shape == null || world.removed().contains(name)) {
                continue;
            }
            shape.members().keySet().stream()
                    .filter(member -> isTable(member, enumName) && shape.name().equals(name))
                    .filter(member -> plan.field(name, member) == null)
                    .filter(member -> member.name().startsWith(JAVAC_TABLE)
                            || world.usersOf(enumName).contains(name))
                    .forEach(member -> {
                        AddedField.lift(name, member, plan);
                        plan.rewrite(name);
                        holders.add(name);
                    });
        }
        Users.rewrite(plan, holders);
    }

    private static boolean isTable(MemberId member, String enumName) {
        return member.isStatic()
                && member.desc().equals(TABLE_DESC)
                && (member.name().equals(JAVAC_TABLE + enumName.replace('/', '$'))
                        || member.name().startsWith(KOTLIN_TABLE));
    }

    /** Gives the constants of the target the ordinals that they will have, where they are made and where they are put into the array. */
    static void renumber(ClassNode base, ClassNode target) {
        List<String> before = constants(base);
        List<String> after = constants(target);
        List<String> order = new ArrayList<>(before);
        after.stream().filter(name -> !before.contains(name)).forEach(order::add);
        order.retainAll(after);
        if (order.equals(after) || before.isEmpty()) {
            return;
        }
        Map<String, Integer> ordinals = new HashMap<>();
        order.forEach(name -> ordinals.put(name, ordinals.size()));
        for (MethodNode method : target.methods) {
            boolean fills = method.name.equals("<clinit>") || method.desc.equals("()[L" + target.name + ";");
            if (fills) {
                renumber(target.name, method.instructions, ordinals);
            }
            if (method.name.equals("<clinit>")) {
                makeLast(target.name, method.instructions, order, before);
            }
        }
    }

    /** The array as the base makes it, for the class's own field, which only the base's code reads, after a roll-back. */
    static void restoreArray(ClassNode base, MethodNode initialiser) {
        for (FieldNode field : base.fields) {
            if (!isAllConstants(base.name, MemberId.of(field))) {
                continue;
            }
            List<String> constants = constants(base);
            InsnList code = new InsnList();
            Code.push(code, constants.size());
            code.add(new TypeInsnNode(Opcodes.ANEWARRAY, base.name));
            for (int i = 0; i < constants.size(); i++) {
                code.add(new InsnNode(Opcodes.DUP));
                Code.push(code, i);
                code.add(new FieldInsnNode(Opcodes.GETSTATIC, base.name, constants.get(i), "L" + base.name + ";"));
                code.add(new InsnNode(Opcodes.AASTORE));
            }
            code.add(new FieldInsnNode(Opcodes.PUTSTATIC, base.name, field.name, field.desc));
            Code.beforeReturns(initialiser, code);
        }
    }

    private static List<String> constants(ClassNode node) {
        List<String> names = new ArrayList<>();
        for (FieldNode field : node.fields) {
            if ((field.access & Opcodes.ACC_ENUM) != 0) {
                names.add(field.name);
            }
        }
        return names;
    }

    private static void renumber(String owner, InsnList code, Map<String, Integer> ordinals) {
        for (AbstractInsnNode node : code.toArray()) {
            Integer made = madeBy(node, ordinals);
            if (made != null) {
                push(code, next(next(next(node))), made);
            } else if (node instanceof FieldInsnNode field
                    && field.getOpcode() == Opcodes.GETSTATIC
                    && field.owner.equals(owner)
                    && ordinals.containsKey(field.name)
                    && opcode(next(field)) == Opcodes.AASTORE) {
                push(code, previous(field), ordinals.get(field.name));
            }
        }
    }

    /** Moves the statements that make added constants behind those that make the others. */
    private static void makeLast(String owner, InsnList code, List<String> order, List<String> before) {
        Map<String, Integer> all = new HashMap<>();
        order.forEach(name -> all.put(name, all.size()));
        Map<String, AbstractInsnNode> starts = new HashMap<>();
        AbstractInsnNode last = null;
        Map<String, AbstractInsnNode> ends = new HashMap<>();
        for (AbstractInsnNode node : code.toArray()) {
            Integer made = madeBy(node, all);
            if (made != null) {
                starts.putIfAbsent(order.get(made), node);
            } else if (node instanceof FieldInsnNode field
                    && field.getOpcode() == Opcodes.PUTSTATIC
                    && field.owner.equals(owner)
                    && all.containsKey(field.name)) {
                ends.put(field.name, field);
                last = before.contains(field.name) ? field : last;
            }
        }
        for (String name : order) {
            AbstractInsnNode start = starts.get(name);
            AbstractInsnNode end = ends.get(name);
            if (!before.contains(name) && start != null && end != null && last != null) {
                last = move(code, start, end, last);
            }
        }
    }

    /** Returns the last instruction of what was moved, or {@code after} if it already was behind that. */
    private static AbstractInsnNode move(
            InsnList code, AbstractInsnNode start, AbstractInsnNode end, AbstractInsnNode after) {
        if (code.indexOf(start) > code.indexOf(after)) {
            return code.indexOf(end) > code.indexOf(after) ? end : after;
        }
        List<AbstractInsnNode> moved = new ArrayList<>();
        for (AbstractInsnNode node = start; node != null && node != end.getNext(); node = node.getNext()) {
            if (node instanceof FrameNode || node instanceof JumpInsnNode) {
                throw new LiftException("an added constant of the enum is made by code with branches");
            }
            moved.add(node);
        }
        AbstractInsnNode at = after;
        for (AbstractInsnNode node : moved) {
            code.remove(node);
            code.insert(at, node);
            at = node;
        }
        return at;
    }

    /** The new ordinal, at the start of {@code new, dup, name, ordinal}. */
    private static @Nullable Integer madeBy(AbstractInsnNode node, Map<String, Integer> ordinals) {
        AbstractInsnNode copy = next(node);
        AbstractInsnNode name = copy == null ? null : next(copy);
        boolean makes = node instanceof TypeInsnNode
                && node.getOpcode() == Opcodes.NEW
                && opcode(copy) == Opcodes.DUP
                && name instanceof LdcInsnNode;
        return makes && name instanceof LdcInsnNode constant ? ordinals.get(String.valueOf(constant.cst)) : null;
    }

    private static void push(InsnList code, @Nullable AbstractInsnNode old, int ordinal) {
        boolean isNumber = old instanceof IntInsnNode
                || old instanceof LdcInsnNode
                || (opcode(old) >= Opcodes.ICONST_M1 && opcode(old) <= Opcodes.ICONST_5);
        if (old == null || !isNumber) {
            throw new LiftException("the enum's constants are not made as compilers do it");
        }
        InsnList number = new InsnList();
        Code.push(number, ordinal);
        code.insertBefore(old, number);
        code.remove(old);
    }

    private static int opcode(@Nullable AbstractInsnNode node) {
        return node == null ? -1 : node.getOpcode();
    }

    private static @Nullable AbstractInsnNode next(@Nullable AbstractInsnNode node) {
        AbstractInsnNode next = node == null ? null : node.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next;
    }

    private static @Nullable AbstractInsnNode previous(AbstractInsnNode node) {
        AbstractInsnNode before = node.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before;
    }
}
