package dev.hotpatch.systemtests.programs.generate;

import java.util.List;
import java.util.Random;

/** Makes classes and members of a program, with bodies. For one thread. */
final class Builder {
    private static final int DEPTH = 2;

    final Program program;
    final Random random;

    Builder(Program program, Random random) {
        this.program = program;
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    Access access() {
        return Program.pick(
                random,
                List.of(
                        Access.PRIVATE,
                        Access.PRIVATE,
                        Access.PACKAGE,
                        Access.PROTECTED,
                        Access.PUBLIC,
                        Access.PUBLIC));
    }

    /** A field with a literal; static ones are reset before each run if bodies assign to them. */
    Field field(Type owner, boolean isStatic) {
        String type = Values.type(random);
        Field field = new Field(owner, program.name("f"), access(), type, Code.of(Values.literal(type, random)));
        boolean fixed = owner.isInterface() || owner.kind == Type.Kind.ENUM || owner.kind == Type.Kind.RECORD;
        field.isStatic = isStatic || owner.isInterface() || owner.kind == Type.Kind.RECORD;
        field.isFinal = (fixed && (!field.isStatic || owner.isInterface())) || chance(30);
        field.isAssigned = !field.isFinal;
        if (owner.isInterface()) {
            field.access = Access.PUBLIC;
        }
        if (field.isFinal && !field.isStatic && owner.kind == Type.Kind.CLASS && chance(60)) {
            field.value = Code.of("");
        }
        owner.fields.add(field);
        return field;
    }

    /** A method without a body, not yet a member of its class. */
    Method signature(Type owner, Access access, boolean isStatic) {
        Method method = new Method(owner, program.name("m"), access, chance(12) ? "void" : Values.type(random));
        method.isStatic = isStatic;
        parameters(method, chance(50));
        if (!owner.isInterface()) {
            method.isSynchronized = chance(8);
        }
        return method;
    }

    private void parameters(Method method, boolean oneNumber) {
        if (oneNumber) {
            method.parameters.add(new Variable("int", program.name("p")));
            return;
        }
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            method.parameters.add(new Variable(Values.type(random), program.name("p")));
        }
        if (!method.isConstructor() && chance(12)) {
            method.parameters.add(new Variable("int[]", program.name("p")));
            method.isVarargs = true;
        }
    }

    /** A constructor without a body, which delegates to one of the super class if there is one that it may call. */
    Method constructor(Type owner, Access access) {
        Method constructor = new Method(owner, Method.CONSTRUCTOR, access, owner.name);
        constructor.version = "#" + program.name("c");
        parameters(constructor, chance(40));
        // No two constructors may take the same.
        while (owner.constructors().anyMatch(other -> types(other).equals(types(constructor)))) {
            constructor.parameters.add(new Variable("int", program.name("p")));
        }
        Type parent = owner.parent;
        if (parent != null) {
            List<Method> above = parent.constructors()
                    .filter(c -> c.access == Access.PROTECTED || c.isVisibleFrom(owner, false))
                    .toList();
            delegate(constructor, Program.pick(random, above));
        }
        owner.methods.add(constructor);
        return constructor;
    }

    static List<String> types(Method method) {
        return method.parameters.stream().map(parameter -> parameter.type).toList();
    }

    void delegate(Method constructor, Method to) {
        constructor.delegate = to;
        constructor.delegateArguments.clear();
        Expressions at = new Expressions(program, random, constructor.owner, true, constructor.parameters, true);
        to.parameters.forEach(parameter -> constructor.delegateArguments.add(at.of(parameter.type, 1)));
    }

    /** Writes a body. */
    void fill(Method method, int statements) {
        if (method.isAbstract) {
            return;
        }
        for (int i = 0; i < statements; i++) {
            Expressions at = at(method, method.body.size());
            method.body.add(new Statements(at).any(2));
        }
        if (method.isMaker) {
            makeSupplier(method);
        } else if (method.isConstructor()) {
            finals(method);
        } else if (!method.result.equals("void")) {
            method.returned = at(method, method.body.size()).of(method.result, DEPTH);
        }
    }

    void finals(Method constructor) {
        Expressions at = new Expressions(program, random, constructor.owner, true, constructor.parameters, true);
        constructor.owner.fields.stream()
                .filter(Field::isBlankFinal)
                .forEach(field -> constructor.finals.put(field, at.of(field.type, 1)));
    }

    private void makeSupplier(Method maker) {
        Expressions at = at(maker, maker.body.size()).pure();
        Code value = at.of("String", 1);
        String tag = maker.name + maker.version;
        maker.returned = switch (random.nextInt(3)) {
            case 0 -> Code.fill("() -> \"" + tag + "|\" + $", value);
            case 1 -> Code.fill("() -> {\nString w = \"" + tag + "|\" + $;\nreturn w;\n}", value);
            default ->
                Code.of("new Supplier<String>() {\n@Override public String get() { return \"" + tag + "|x\"; }\n}");
        };
    }

    Expressions at(Method method, int place) {
        Expressions at = new Expressions(
                program, random, method.owner, method.isStatic, method.variablesAt(place), method.isMaker);
        boolean unfinished =
                method.isConstructor() && !program.subtypes(method.owner).isEmpty();
        return unfinished ? at.unfinished() : at;
    }

    /** Overrides or implements a method in a class. */
    Method override(Method above, Type owner) {
        Method method = new Method(owner, above.name, above.access, text(above.result));
        if (above.result.equals("Object") && chance(60)) {
            // Compilers add a bridge.
            method.result = "String";
        }
        above.parameters.forEach(
                parameter -> method.parameters.add(new Variable(text(parameter.type), program.name("p"))));
        method.isVarargs = above.isVarargs;
        if (above.access == Access.PROTECTED && chance(30)) {
            method.access = Access.PUBLIC;
        }
        owner.methods.add(method);
        return method;
    }

    private static String text(String type) {
        return type.equals("T") ? "String" : type;
    }

    /** Implements all that a class which is not abstract must have. */
    void implementAll(Type owner) {
        if (!owner.isAbstract && !owner.isInterface()) {
            for (Method missing : owner.obligations()) {
                if (owner.own(missing.name).isEmpty()) {
                    Method method = override(missing, owner);
                    fill(method, random.nextInt(2));
                }
            }
        }
    }
}
