package dev.hotpatch.differ.initial;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Finds what every new object of a class gets in one of its instance fields. Looks at constructors, not into what they call. */
public final class FieldInitialValue {
    private static final Object NULL = new Object();

    private final String owner;
    private final FieldInsnNode field;
    private final Code code;
    /** The number of the call of {@code super(...)} or {@code this(...)}. */
    private final int prologue;

    private FieldInitialValue(String owner, FieldInsnNode field, MethodNode constructor) throws AnalyzerException {
        this.owner = owner;
        this.field = field;
        this.code = new Code(owner, constructor);
        this.prologue = prologue();
    }

    /**
     * What every constructor that does not delegate to {@code this(...)} assigns to the field.
     *
     * @param owner internal name of the class
     * @param constructors all of it, read with {@code EXPAND_FRAMES}; they are not changed
     */
    public static InitialValue of(String owner, List<MethodNode> constructors, String name, String desc) {
        FieldInsnNode field = new FieldInsnNode(Opcodes.PUTFIELD, owner, name, desc);
        @Nullable InitialValue common = null;
        for (MethodNode constructor : constructors) {
            InitialValue value;
            try {
                FieldInitialValue reader = new FieldInitialValue(owner, field, constructor);
                boolean delegates = reader.delegates();
                if (delegates && reader.assignments().isEmpty()) {
                    continue;
                }
                value = delegates
                        ? new InitialValue.Unknown("a constructor assigns it after its call of this(...)")
                        : reader.value();
            } catch (AnalyzerException e) {
                value = new InitialValue.Unknown("a constructor cannot be analysed: " + e.getMessage());
            }
            if (value instanceof InitialValue.Unknown) {
                return value;
            }
            if (common != null && !same(common, value)) {
                return new InitialValue.Unknown("the constructors do not assign the same");
            }
            common = value;
        }
        return common == null ? new InitialValue.Default() : common;
    }

    private static boolean same(InitialValue one, InitialValue other) {
        if (one instanceof InitialValue.Expression a && other instanceof InitialValue.Expression b) {
            return a.usesThis() == b.usesThis() && MethodBytes.same(a.method(), b.method());
        }
        return one.equals(other);
    }

    private boolean delegates() {
        return prologue < code.size() && ((MethodInsnNode) code.at(prologue)).owner.equals(owner);
    }

    private int prologue() {
        for (int i = 0; i < code.size(); i++) {
            if (code.at(i) instanceof MethodInsnNode call && "<init>".equals(call.name) && code.reachable(i)) {
                if (isThis(code.stack(i, Type.getArgumentTypes(call.desc).length))) {
                    return i;
                }
            }
        }
        return code.size();
    }

    private boolean isThis(SourceValue value) {
        return !value.insns.isEmpty() && value.insns.stream().allMatch(this::loadsThis);
    }

    private boolean loadsThis(AbstractInsnNode node) {
        return node instanceof VarInsnNode load
                && load.getOpcode() == Opcodes.ALOAD
                && load.var == 0
                && code.reachable(code.number(load))
                && code.local(code.number(load), 0).insns.isEmpty();
    }

    private List<Integer> assignments() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            if (assigns(code.at(i)) && code.reachable(i)) {
                found.add(i);
            }
        }
        return found;
    }

    private boolean assigns(AbstractInsnNode node) {
        return node.getOpcode() == Opcodes.PUTFIELD
                && node instanceof FieldInsnNode put
                && put.owner.equals(owner)
                && put.name.equals(field.name)
                && put.desc.equals(field.desc);
    }

    private InitialValue value() {
        List<Integer> assignments = assignments();
        if (assignments.isEmpty()) {
            return new InitialValue.Default();
        }
        if (assignments.size() > 1) {
            return new InitialValue.Unknown("a constructor assigns it more than once");
        }
        int put = assignments.get(0);
        Blocks blocks = new Blocks(code);
        Blocks.Block block = blocks.block(blocks.of(put));
        if (!block.single()) {
            return new InitialValue.Unknown("it is assigned in a branch, a loop or a try block");
        }
        // this [this ...] value [copy, put] ... put: the value may go to several fields
        int end = block.to() - 1;
        int others = 0;
        while (end >= block.from() + 2 && code.at(end - 1).getOpcode() == Opcodes.PUTFIELD && copies(end - 2)) {
            end -= 2;
            others++;
        }
        if (code.at(block.to() - 1).getOpcode() != Opcodes.PUTFIELD || put < end) {
            return new InitialValue.Unknown("the statement that assigns it does something else too");
        }
        for (int i = 0; i <= others; i++) {
            AbstractInsnNode receiver = code.at(block.from() + i);
            SourceValue target = code.stack(block.to() - 1 - 2 * i, 1);
            if (!loadsThis(receiver) || !target.insns.equals(Set.of(receiver))) {
                return new InitialValue.Unknown("it is assigned through another reference than this");
            }
        }
        return value(blocks, block.from() + others + 1, end, others > 0);
    }

    private boolean copies(int number) {
        int opcode = code.at(number).getOpcode();
        return opcode == Opcodes.DUP_X1 || opcode == Opcodes.DUP2_X1;
    }

    /** The value of the instructions {@code from} to {@code to} (exclusive), which find this alone on the stack. */
    private InitialValue value(Blocks blocks, int from, int to, boolean chained) {
        @Nullable Object constant = to - from == 1 ? constant(code.at(from)) : null;
        if (constant != null) {
            return zero(constant) ? new InitialValue.Default() : new InitialValue.Constant(constant);
        }
        if (to <= prologue) {
            return new InitialValue.Unknown(
                    "it is assigned before super(...), as outer instances and captured variables are");
        }
        if (chained) {
            return new InitialValue.Unknown("it is assigned together with another field");
        }
        boolean usesThis = false;
        for (int i = from; i < to; i++) {
            @Nullable String obstacle = obstacle(i, from, to);
            if (obstacle != null) {
                return new InitialValue.Unknown(obstacle);
            }
            usesThis |= loadsThis(code.at(i));
        }
        BitSet taken = new BitSet();
        taken.set(from, to);
        MethodNode method = new MethodNode(
                Opcodes.ACC_STATIC, "initial", (usesThis ? "(L" + owner + ";)" : "()") + field.desc, null, null);
        InsnNode end = new InsnNode(Type.getType(field.desc).getOpcode(Opcodes.IRETURN));
        return new InitialValue.Expression(new Excerpt(code, blocks, taken, usesThis, 1).write(method, end), usesThis);
    }

    private @Nullable String obstacle(int number, int from, int to) {
        AbstractInsnNode node = code.at(number);
        boolean load = node instanceof VarInsnNode && node.getOpcode() <= Opcodes.ALOAD;
        if (code.reachable(number) && (load || node instanceof IincInsnNode) && !loadsThis(node)) {
            int slot = node instanceof IincInsnNode increment ? increment.var : ((VarInsnNode) node).var;
            SourceValue local = code.local(number, slot);
            if (local.insns.isEmpty()) {
                return "it depends on a parameter of the constructor";
            }
            for (AbstractInsnNode maker : local.insns) {
                if (code.number(maker) < from || code.number(maker) >= to) {
                    return "it depends on a local variable of the constructor";
                }
            }
        }
        if (node.getOpcode() == Opcodes.PUTFIELD) {
            return "to compute it sets another field";
        }
        boolean stores = node.getOpcode() >= Opcodes.IASTORE && node.getOpcode() <= Opcodes.SASTORE;
        if (stores
                && !new Origin(code, owner, Set.of()).of(code.stack(number, 2)).fresh()) {
            return "to compute it fills an array that others know";
        }
        return null;
    }

    private static boolean zero(Object value) {
        return value == NULL
                || (value instanceof Integer i && i == 0)
                || (value instanceof Long l && l == 0)
                || (value instanceof Float f && Float.floatToRawIntBits(f) == 0)
                || (value instanceof Double d && Double.doubleToRawLongBits(d) == 0);
    }

    /** What a single instruction pushes; null if it is no constant. */
    private static @Nullable Object constant(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (node instanceof LdcInsnNode ldc) {
            boolean dynamic = ldc.cst instanceof ConstantDynamic || ldc.cst instanceof Handle;
            boolean method = ldc.cst instanceof Type type && type.getSort() == Type.METHOD;
            return dynamic || method ? null : ldc.cst;
        }
        if (node instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
            return push.operand;
        }
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
            return (long) (opcode - Opcodes.LCONST_0);
        }
        if (opcode >= Opcodes.FCONST_0 && opcode <= Opcodes.FCONST_2) {
            return (float) (opcode - Opcodes.FCONST_0);
        }
        if (opcode == Opcodes.DCONST_0 || opcode == Opcodes.DCONST_1) {
            return (double) (opcode - Opcodes.DCONST_0);
        }
        return opcode == Opcodes.ACONST_NULL ? NULL : null;
    }
}
