package dev.hotpatch.systemtests.programs.generate;

/** A parameter or a local variable, which nothing assigns to again. Compared by identity. */
final class Variable {
    final String type;
    final String name;

    Variable(String type, String name) {
        this.type = type;
        this.name = name;
    }
}
