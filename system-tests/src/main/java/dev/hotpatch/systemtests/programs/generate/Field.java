package dev.hotpatch.systemtests.programs.generate;

/** A field. */
final class Field extends Member {
    String type;
    /** The initialiser; empty text for a final field that constructors set, and for one with the default value. */
    Code value;
    /** Whether bodies may assign to it; such a static field is reset before each run. */
    boolean isAssigned;
    /** Whether it is a record's component, which is declared elsewhere. */
    boolean isComponent;
    /** Statements of a static block that follow its declaration; empty text for none. */
    Code block = Code.of("");

    Field(Type owner, String name, Access access, String type, Code value) {
        super(owner, name, access);
        this.type = type;
        this.value = value;
    }

    boolean isBlankFinal() {
        return isFinal && !isStatic && !isComponent && value.text().isEmpty();
    }
}
