package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Follows objects from where they are made to their constructors. */
final class Uninitialised extends BasicInterpreter {
    /** An object that one instruction makes; {@code this} of a constructor has none. */
    static final class Made extends BasicValue {
        private final @Nullable AbstractInsnNode by;

        Made(Type type, @Nullable AbstractInsnNode by) {
            super(type);
            this.by = by;
        }

        @Nullable
        AbstractInsnNode by() {
            return by;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Made made && made.by == by;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(by);
        }
    }

    private final boolean inConstructor;

    private Uninitialised(boolean inConstructor) {
        super(Opcodes.ASM9);
        this.inConstructor = inConstructor;
    }

    /** The frame before each instruction; null where none leads to. */
    static @Nullable Frame<BasicValue>[] frames(String owner, MethodNode method) {
        try {
            return new Analyzer<>(new Uninitialised(method.name.equals("<init>"))).analyzeAndComputeMaxs(owner, method);
        } catch (AnalyzerException e) {
            throw new LiftException(owner + "." + method.name + method.desc + " cannot be analysed: " + e.getMessage());
        }
    }

    @Override
    public BasicValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
        return inConstructor && isInstanceMethod && local == 0 ? new Made(type, null) : newValue(type);
    }

    @Override
    public BasicValue newOperation(AbstractInsnNode node) throws AnalyzerException {
        BasicValue value = super.newOperation(node);
        return node.getOpcode() == Opcodes.NEW ? new Made(value.getType(), node) : value;
    }

    @Override
    public BasicValue merge(BasicValue one, BasicValue other) {
        if (one instanceof Made || other instanceof Made) {
            return one.equals(other) ? one : BasicValue.UNINITIALIZED_VALUE;
        }
        return super.merge(one, other);
    }
}
