package dev.hotpatch.differ.initial;

import org.objectweb.asm.tree.MethodNode;

/** What an object that was made before its class gained an instance field should find in that field. */
public sealed interface InitialValue {
    /** No constructor assigns the field, or all assign zero, false or null: what the JVM gives anyway. */
    record Default() implements InitialValue {}

    /**
     * All constructors assign this.
     *
     * @param value Integer (also for boolean, byte, short and char), Long, Float, Double, String, or a Type for a class literal
     */
    record Constant(Object value) implements InitialValue {}

    /**
     * All constructors assign what this method computes. It has to be computed for each object anew.
     *
     * @param method a complete static method that returns the field's type; its name is for the caller to change. Without parameter,
     *     or if {@code usesThis} with one of the owner's type. It may use private members of the owner.
     * @param usesThis the value depends on the object, as it is when this runs and not as it was when the object was made
     */
    record Expression(MethodNode method, boolean usesThis) implements InitialValue {}

    /**
     * Nothing can be said.
     *
     * @param why a reason for people, without a full stop
     */
    record Unknown(String why) implements InitialValue {}
}
