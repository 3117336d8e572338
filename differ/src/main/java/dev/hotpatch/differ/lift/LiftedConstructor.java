package dev.hotpatch.differ.lift;

/**
 * A constructor that has no place in the base's shape. Its code runs inside an existing constructor, which asks the companion whether it
 * was called for this one.
 *
 * @param owner the class
 * @param desc of the constructor
 * @param entry descriptor of the existing constructor
 * @param number from 1, which the companion answers with
 * @param companion where arguments wait
 */
record LiftedConstructor(String owner, String desc, String entry, int number, String companion) {
    static final String ENTER = "enter";
    static final String PENDING = "pending";
    static final String ARGUMENTS = "arguments";
}
