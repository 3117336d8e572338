package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the old version of a program. */
final class ProgramGenerator {
    private final Program program;
    private final Random random;
    private final Builder builder;

    private ProgramGenerator(Program program, Random random) {
        this.program = program;
        this.random = random;
        this.builder = new Builder(program, random);
    }

    /** The same seed, root package and release always give an equal program. */
    static Program make(long seed, String root, int release) {
        ProgramGenerator generator =
                new ProgramGenerator(new Program(root, release), new Random(seed * 0x9E3779B97F4A7C15L + 1));
        generator.types();
        generator.members();
        generator.bodies();
        return generator.program;
    }

    private String pack() {
        return random.nextInt(3) == 0 ? "b" : "a";
    }

    private Type add(Type.Kind kind, String prefix) {
        Type type = new Type(pack(), program.name(prefix), kind, null);
        program.tops.add(type);
        return type;
    }

    private void types() {
        int interfaces = 1 + random.nextInt(2);
        for (int i = 0; i < interfaces; i++) {
            add(Type.Kind.INTERFACE, "I").isGeneric = i == 1;
        }
        Type choice = add(Type.Kind.ENUM, "E");
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            choice.constants.add(program.name("K"));
        }
        if (program.release >= 17 && builder.chance(40)) {
            add(Type.Kind.RECORD, "R");
        }
        int classes = 3 + random.nextInt(2);
        for (int i = 0; i < classes; i++) {
            Type type = add(Type.Kind.CLASS, "C");
            List<Type> parents = program.tops.stream()
                    .filter(other -> other != type && other.kind == Type.Kind.CLASS && !other.isFinal)
                    .toList();
            if (!parents.isEmpty() && builder.chance(60)) {
                type.parent = Program.pick(random, parents);
            }
            type.isAbstract = i < classes - 1 && builder.chance(25);
            type.isFinal = !type.isAbstract && builder.chance(15);
            program.tops.stream()
                    .filter(other -> other.isInterface() && builder.chance(35))
                    .filter(other -> !type.isA(other))
                    .forEach(type.interfaces::add);
            if (builder.chance(50)) {
                Type nested = new Type(type.pack, program.name("N"), Type.Kind.CLASS, type);
                nested.isStatic = builder.chance(50);
                nested.access = builder.access();
                type.nested.add(nested);
            }
        }
        if (program.release >= 17) {
            program.tops.forEach(this::seal);
        }
    }

    private void seal(Type type) {
        List<Type> below = program.subtypes(type);
        boolean direct = below.stream().allMatch(sub -> sub.parent == type && sub.pack.equals(type.pack));
        type.isSealed = type.kind == Type.Kind.CLASS && !below.isEmpty() && direct && builder.chance(25);
    }

    private void members() {
        for (Type type : program.types()) {
            switch (type.kind) {
                case INTERFACE -> interfaceMembers(type);
                case RECORD -> recordMembers(type);
                default -> classMembers(type);
            }
        }
        // Abstract methods are known now.
        for (Type type : program.types()) {
            for (Method missing : type.isInterface() ? List.<Method>of() : type.obligations()) {
                if (type.own(missing.name).isEmpty() && (!type.isAbstract || builder.chance(40))) {
                    builder.override(missing, type);
                }
            }
            if (type.kind == Type.Kind.CLASS) {
                overrides(type);
            }
        }
    }

    private void overrides(Type type) {
        Type parent = type.parent;
        if (parent == null) {
            return;
        }
        List<Method> candidates = new ArrayList<>();
        parent.ancestry().flatMap(above -> above.methods.stream()).forEach(method -> {
            boolean open = !method.isStatic && !method.isFinal && !method.isConstructor() && !method.isMaker;
            if (open && method.access != Access.PRIVATE && method.isVisibleFrom(type, true)) {
                candidates.add(method);
            }
        });
        for (Method method : candidates) {
            if (type.own(method.name).isEmpty() && nearest(type, method) == method && builder.chance(30)) {
                builder.override(method, type);
            }
        }
    }

    /** The declaration that an override in this class has to agree with. */
    static Method nearest(Type type, Method method) {
        for (Type above = type.parent; above != null; above = above.parent) {
            if (above.own(method.name).isPresent()) {
                return above.own(method.name).get();
            }
        }
        return method;
    }

    private void interfaceMembers(Type type) {
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            Method method = builder.signature(type, Access.PUBLIC, false);
            method.isAbstract = true;
            if (type.isGeneric) {
                method.result = "T";
                method.parameters.add(0, new Variable("T", program.name("p")));
            }
            type.methods.add(method);
        }
        if (builder.chance(60)) {
            type.methods.add(builder.signature(type, Access.PUBLIC, false));
        }
        if (builder.chance(40)) {
            type.methods.add(builder.signature(type, Access.PUBLIC, true));
        }
        if (program.release >= 9 && builder.chance(40)) {
            type.methods.add(builder.signature(type, Access.PRIVATE, builder.chance(30)));
        }
        if (builder.chance(40)) {
            builder.field(type, true);
        }
    }

    private void recordMembers(Type type) {
        Method canonical = new Method(type, Method.CONSTRUCTOR, Access.PUBLIC, type.name);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String kind = Values.type(random);
            Field component = new Field(type, program.name("f"), Access.PRIVATE, kind, Code.of(""));
            component.isComponent = true;
            component.isFinal = true;
            type.fields.add(component);
            canonical.parameters.add(new Variable(kind, component.name));
        }
        type.methods.add(canonical);
        type.methods.add(builder.signature(type, builder.access(), false));
        type.methods.add(builder.signature(type, builder.access(), true));
        builder.field(type, true);
    }

    private void classMembers(Type type) {
        int fields = 1 + random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            builder.field(type, type.mayHaveStatics() && builder.chance(35));
        }
        if (type.kind == Type.Kind.CLASS) {
            Access access = type.isAbstract || builder.chance(30) ? Access.PROTECTED : Access.PUBLIC;
            builder.constructor(type, access);
            if (builder.chance(50)) {
                Method second = builder.constructor(type, builder.access());
                if (builder.chance(50)) {
                    builder.delegate(second, type.constructors().findFirst().orElseThrow());
                }
            }
        }
        int methods = 2 + random.nextInt(2);
        for (int i = 0; i < methods; i++) {
            Method method = builder.signature(type, builder.access(), type.mayHaveStatics() && builder.chance(30));
            method.isAbstract = type.isAbstract && !method.isStatic && builder.chance(20);
            if (method.isAbstract) {
                method.isSynchronized = false;
                method.access = Access.PUBLIC;
            }
            boolean mayBeFinal = type.kind == Type.Kind.CLASS && !method.isAbstract && !method.isStatic;
            method.isFinal = mayBeFinal && method.access != Access.PRIVATE && builder.chance(12);
            type.methods.add(method);
        }
        if (type.outer == null && builder.chance(60)) {
            type.methods.add(maker(type));
        }
    }

    private Method maker(Type type) {
        Method maker = new Method(type, program.name("mk"), Access.PUBLIC, Values.MAKER);
        maker.isMaker = true;
        maker.parameters.add(new Variable("int", program.name("p")));
        return maker;
    }

    private void bodies() {
        for (Type type : program.types()) {
            for (Method method : type.methods) {
                builder.fill(method, method.isMaker ? random.nextInt(2) : random.nextInt(3));
            }
        }
    }
}
