package dev.hotpatch.systemtests.programs.generate;

import java.util.Random;

/** Makes the new version of a program: changes of one row each. For one thread. */
final class Edits {
    private final Workbench bench;
    private final MethodEdits methods;
    private final OverrideEdits overrides;
    private final FieldEdits fields;
    private final ConstructorEdits constructors;
    private final ModifierEdits modifiers;
    private final ClassEdits classes;
    private final InterfaceEdits interfaces;
    private final EnumEdits enums;
    private final InitialiserEdits initialisers;
    private final SubclassEdits subclasses;
    private final TypeEdits types;

    Edits(Program program, Random random) {
        bench = new Workbench(program, random);
        methods = new MethodEdits(bench);
        overrides = new OverrideEdits(bench);
        fields = new FieldEdits(bench);
        constructors = new ConstructorEdits(bench);
        modifiers = new ModifierEdits(bench);
        classes = new ClassEdits(bench);
        interfaces = new InterfaceEdits(bench);
        enums = new EnumEdits(bench);
        initialisers = new InitialiserEdits(bench);
        subclasses = new SubclassEdits(bench);
        types = new TypeEdits(bench);
    }

    /** Makes a change of a row; returns whether the program has a place for one. */
    boolean apply(Row row) {
        return switch (row) {
            case CHANGED_BODY -> methods.changeBody();
            case ADDED_PRIVATE_METHOD -> methods.addMethod(Access.PRIVATE, false);
            case ADDED_STATIC_METHOD -> methods.addMethod(bench.builder.access(), true);
            case ADDED_VIRTUAL_METHOD -> overrides.addVirtual();
            case ADDED_OVERRIDE -> overrides.addOverride();
            case ADDED_OVERRIDE_OF_OUTSIDE -> overrides.overrideOutside();
            case ADDED_DEFAULT_METHOD -> overrides.addDefault();
            case ADDED_STATIC_FIELD -> fields.addStaticField();
            case ADDED_INSTANCE_FIELD -> fields.addInstanceField();
            case ADDED_CONSTRUCTOR -> constructors.addConstructor();
            case REMOVED_METHOD -> methods.removeMethod();
            case REMOVED_FIELD -> fields.removeField();
            case REMOVED_CONSTRUCTOR -> constructors.removeConstructor();
            case CHANGED_CONSTANT -> fields.changeConstant();
            case WIDENED_ACCESS -> modifiers.widen();
            case NARROWED_ACCESS -> modifiers.narrow();
            case CHANGED_FINALITY -> modifiers.finality();
            case CHANGED_FIELD_TYPE -> fields.fieldType();
            case CHANGED_FIELD_STATICNESS -> fields.fieldStaticness();
            case CHANGED_METHOD_STATICNESS -> methods.methodStaticness();
            case CHANGED_SIGNATURE -> methods.signature();
            case NEW_CLASS -> classes.newClass(false);
            case NEW_NESTED_CLASS -> classes.newClass(true);
            case NEW_LOCAL_OR_ANONYMOUS_CLASS -> classes.insertOf("new Rt.Named", "class Loc");
            case INSERTED_LAMBDA -> classes.insertOf("->", "::");
            case ENUM_SWITCH -> enums.enumSwitch();
            case NEW_ENUM_CONSTANT -> enums.enumConstant();
            case REMOVED_INTERFACE -> interfaces.removeInterface();
            case ADDED_INTERFACE -> interfaces.addInterface();
            case CHANGED_SUPER_CLASS -> classes.changeSuper();
            case ADDED_TOGETHER -> new AddedTogether(bench).add();
            case ADDED_OBJECT_FIELD -> initialisers.addInstance();
            case ADDED_STATIC_OBJECT_FIELD -> initialisers.addStatic();
            case CHANGED_STATIC_INITIALISER -> initialisers.changeStatic();
            case ADDED_INTERFACE_METHOD -> interfaces.addMethod();
            case OVERRIDDEN_FINAL_METHOD -> subclasses.overrideFinal();
            case CHANGED_CLASS_MODIFIERS -> types.changeModifiers();
            case REORDERED_MEMBERS -> types.reorder();
            case REMOVED_CLASS -> types.remove();
            case NEW_TYPE -> new NewTypes(bench).add();
            case CLASS_BELOW_FINAL_ONE -> subclasses.belowFinal();
            case PERMITTED_SUBCLASS -> subclasses.permitMore();
            case ADDED_INTERFACE_OF_OUTSIDE -> types.implementOutside();
            case RECORD_COMPONENT -> classes.recordComponent();
        };
    }
}
