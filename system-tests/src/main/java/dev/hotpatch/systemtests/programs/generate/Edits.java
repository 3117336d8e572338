package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes the new version of a program: changes of one row each. For one thread. */
final class Edits {
    private final Program program;
    private final Random random;
    private final Builder builder;

    Edits(Program program, Random random) {
        this.program = program;
        this.random = random;
        this.builder = new Builder(program, random);
    }

    /** Makes a change of a row; returns whether the program has a place for one. */
    boolean apply(Row row) {
        return switch (row) {
            case CHANGED_BODY -> changeBody();
            case ADDED_PRIVATE_METHOD -> addMethod(Access.PRIVATE, false);
            case ADDED_STATIC_METHOD -> addMethod(builder.access(), true);
            case ADDED_VIRTUAL_METHOD -> addVirtual();
            case ADDED_OVERRIDE -> addOverride();
            case ADDED_OVERRIDE_OF_OUTSIDE -> overrideOutside();
            case ADDED_DEFAULT_METHOD -> addDefault();
            case ADDED_STATIC_FIELD -> addStaticField();
            case ADDED_INSTANCE_FIELD -> addInstanceField();
            case ADDED_CONSTRUCTOR -> addConstructor();
            case REMOVED_METHOD -> removeMethod();
            case REMOVED_FIELD -> removeField();
            case REMOVED_CONSTRUCTOR -> removeConstructor();
            case CHANGED_CONSTANT -> changeConstant();
            case WIDENED_ACCESS -> widen();
            case NARROWED_ACCESS -> narrow();
            case CHANGED_FINALITY -> finality();
            case CHANGED_FIELD_TYPE -> fieldType();
            case CHANGED_FIELD_STATICNESS -> fieldStaticness();
            case CHANGED_METHOD_STATICNESS -> methodStaticness();
            case CHANGED_SIGNATURE -> signature();
            case NEW_CLASS -> newClass(false);
            case NEW_NESTED_CLASS -> newClass(true);
            case NEW_LOCAL_OR_ANONYMOUS_CLASS -> insertOf("new Rt.Named", "class Loc");
            case INSERTED_LAMBDA -> insertOf("->", "::");
            case ENUM_SWITCH -> enumSwitch();
            case NEW_ENUM_CONSTANT -> enumConstant();
            case REMOVED_INTERFACE -> removeInterface();
            case ADDED_INTERFACE -> addInterface();
            case CHANGED_SUPER_CLASS -> changeSuper();
            case RECORD_COMPONENT -> recordComponent();
        };
    }

    private <T> Optional<T> some(List<T> all, Predicate<T> wanted) {
        List<T> fitting = all.stream().filter(wanted).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(Program.pick(random, fitting));
    }

    private Optional<Type> someType(Predicate<Type> wanted) {
        return some(program.types(), wanted);
    }

    private Optional<Type> someClass() {
        return someType(type -> type.kind == Type.Kind.CLASS);
    }

    private Optional<Method> someMethod(Predicate<Method> wanted) {
        return some(program.methods().toList(), m -> !m.isConstructor() && wanted.test(m));
    }

    private Optional<Field> someField(Predicate<Field> wanted) {
        return some(program.fields().toList(), f -> !f.isComponent && wanted.test(f));
    }

    /** Inserts into up to three bodies a statement that a function writes where it can. */
    private boolean insert(int times, Function<Expressions, Optional<Code>> writer) {
        List<Method> bodies = new ArrayList<>(program.methods()
                .filter(m -> !m.isAbstract
                        && (!m.isConstructor() || m.owner.kind == Type.Kind.CLASS)
                        && (m.owner.kind != Type.Kind.RECORD || !m.isConstructor()))
                .toList());
        int done = 0;
        for (int i = 0; i < 60 && done < times && !bodies.isEmpty(); i++) {
            Method method = Program.pick(random, bodies);
            int place = random.nextInt(method.body.size() + 1);
            Optional<Code> code = writer.apply(builder.at(method, place));
            if (code.isPresent()) {
                method.body.add(place, Statement.of(code.get()));
                done++;
            }
        }
        return done > 0;
    }

    /** Calls a method from a few bodies, directly or in a lambda. */
    private boolean call(Method method) {
        insert(
                3,
                at -> at.call(method, 1).map(call -> {
                    if (method.result.equals("void")) {
                        return Code.fill(random.nextInt(3) == 0 ? "((Runnable) () -> $).run();" : "$;", call);
                    }
                    String lambda = program.name("l");
                    return random.nextInt(3) > 0
                            ? Code.fill("Rt.t($);", call)
                            : Code.fill(
                                    "Supplier<Object> " + lambda + " = () -> \"" + program.name("L") + "\" + $;\nRt.t("
                                            + lambda + ".get());",
                                    call);
                }));
        return true;
    }

    private boolean use(Field field) {
        insert(2, at -> at.read(field).map(name -> Code.fill("Rt.t(\"" + field.name + "\" + $);", name)));
        if (field.isAssigned) {
            insert(1, at -> new Statements(at).assignment(field));
            insert(
                    1,
                    at -> at.read(field).map(name -> {
                        String lambda = program.name("l");
                        return Code.fill(
                                "Supplier<Object> " + lambda + " = () -> \"" + program.name("L") + "\" + $;\nRt.t("
                                        + lambda + ".get());",
                                name);
                    }));
        }
        return true;
    }

    private boolean create(Method constructor) {
        insert(
                2,
                at -> at.creation(constructor, 1)
                        .flatMap(made -> some(
                                        constructor.owner.methods,
                                        m -> !m.isConstructor()
                                                && !m.isStatic
                                                && !m.isMaker
                                                && !m.result.equals("void")
                                                && m.isVisibleFrom(at.type, false))
                                .map(m -> {
                                    Code code = Code.fill("Rt.t($." + m.name + "($));", made, at.arguments(m, 1));
                                    code.uses().add(m);
                                    return code;
                                })));
        return true;
    }

    private boolean changeBody() {
        Optional<Method> found = someMethod(m -> !m.isAbstract);
        found.ifPresent(method -> {
            if (random.nextBoolean()) {
                method.version += "'";
                if (method.isMaker) {
                    method.returned = Code.of(
                            method.returned.text().replace(method.name + "|", method.tagOfMaker()),
                            method.returned.uses().toArray());
                }
            } else if (!method.isMaker && !method.result.equals("void")) {
                method.returned = builder.at(method, method.body.size()).of(method.result, 2);
            }
            int place = random.nextInt(method.body.size() + 1);
            method.body.add(place, Statement.of(new Statements(builder.at(method, place)).trace()));
        });
        return found.isPresent();
    }

    private boolean addMethod(Access access, boolean isStatic) {
        Optional<Type> found = someType(type ->
                isStatic ? type.mayHaveStatics() && !type.isInterface() : !type.isInterface() || program.release >= 9);
        return found.map(owner -> {
                    Method method = builder.signature(owner, access, isStatic);
                    insertMember(owner, method);
                    builder.fill(method, random.nextInt(4));
                    return call(method);
                })
                .orElse(false);
    }

    private void insertMember(Type owner, Method method) {
        owner.methods.add(random.nextInt(owner.methods.size() + 1), method);
    }

    private boolean addVirtual() {
        Optional<Type> found = someClass();
        return found.map(owner -> {
                    Access access = Program.pick(
                            random, List.of(Access.PACKAGE, Access.PROTECTED, Access.PUBLIC, Access.PUBLIC));
                    Method method = builder.signature(owner, access, false);
                    insertMember(owner, method);
                    method.isAbstract = owner.isAbstract && random.nextBoolean();
                    if (method.isAbstract) {
                        method.isSynchronized = false;
                        method.access = Access.PUBLIC;
                    }
                    builder.fill(method, random.nextInt(3));
                    for (Type below : program.subtypes(owner)) {
                        boolean must = method.isAbstract
                                && !below.isAbstract
                                && below.implementation(method.name).isEmpty();
                        boolean may = method.isVisibleFrom(below, true) && random.nextInt(3) == 0;
                        if (below.own(method.name).isEmpty() && (must || may)) {
                            overrideWithSuper(ProgramGenerator.nearest(below, method), below);
                        }
                    }
                    boolean called = call(method);
                    if (method.access == Access.PUBLIC && !method.result.equals("void")) {
                        insert(
                                1,
                                at -> owner.isVisibleFrom(at.type)
                                        ? new Statements(at).polymorphic(method)
                                        : Optional.empty());
                    }
                    return called;
                })
                .orElse(false);
    }

    private Method overrideWithSuper(Method above, Type owner) {
        Method method = builder.override(above, owner);
        builder.fill(method, random.nextInt(2));
        owner.inheritedBody(above.name).ifPresent(body -> {
            if (random.nextInt(3) > 0) {
                StringBuilder names = new StringBuilder();
                method.parameters.forEach(
                        p -> names.append(names.isEmpty() ? "" : ", ").append(p.name));
                String call = "super." + method.name + "(" + names + ")";
                method.body.add(Statement.of(
                        Code.of(method.result.equals("void") ? call + ";" : "Rt.t(\"super \" + " + call + ");", body)));
            }
        });
        return method;
    }

    private boolean addOverride() {
        List<Type> owners = new ArrayList<>(program.types());
        java.util.Collections.shuffle(owners, random);
        for (Type owner : owners) {
            Type parent = owner.kind == Type.Kind.CLASS ? owner.parent : null;
            List<Type> above = new ArrayList<>(owner.interfaces);
            if (parent != null) {
                above.add(parent);
            }
            Optional<Method> found = some(
                    above.stream()
                            .flatMap(Type::ancestry)
                            .flatMap(t -> t.methods.stream())
                            .toList(),
                    m -> !m.isStatic
                            && !m.isFinal
                            && !m.isConstructor()
                            && !m.isMaker
                            && m.access != Access.PRIVATE
                            && owner.own(m.name).isEmpty()
                            && m.isVisibleFrom(owner, true)
                            && !owner.isInterface());
            if (found.isPresent()) {
                Method method = overrideWithSuper(ProgramGenerator.nearest(owner, found.get()), owner);
                // Overrides further down must still fit.
                for (Type below : program.subtypes(owner)) {
                    below.own(method.name).ifPresent(m -> {
                        m.access = m.access.compareTo(method.access) < 0 ? method.access : m.access;
                        m.result = method.result;
                        if (method.result.equals("String")) {
                            m.returned = Code.of("\"narrowed\"");
                        }
                    });
                }
                return true;
            }
        }
        return false;
    }

    private boolean overrideOutside() {
        return someType(t -> t.kind == Type.Kind.CLASS && t.own("toString").isEmpty())
                .map(owner -> {
                    Method method = new Method(owner, "toString", Access.PUBLIC, "String");
                    owner.methods.add(method);
                    method.returned = Code.of("\"I am " + owner.name + "\"");
                    return true;
                })
                .orElse(false);
    }

    private boolean addDefault() {
        return someType(Type::isInterface)
                .map(owner -> {
                    Method method = builder.signature(owner, Access.PUBLIC, false);
                    insertMember(owner, method);
                    method.isAbstract = random.nextInt(4) == 0;
                    builder.fill(method, random.nextInt(3));
                    for (Type below : program.subtypes(owner)) {
                        boolean must = method.isAbstract
                                && !below.isAbstract
                                && !below.isInterface()
                                && below.implementation(method.name).isEmpty();
                        if (!below.isInterface() && (must || random.nextInt(4) == 0)) {
                            Method override = builder.override(ProgramGenerator.nearest(below, method), below);
                            builder.fill(override, 1);
                        }
                    }
                    boolean called = call(method);
                    if (!method.result.equals("void")) {
                        called |= insert(1, at -> new Statements(at).polymorphic(method));
                    }
                    return called;
                })
                .orElse(false);
    }

    private boolean addStaticField() {
        return someType(Type::mayHaveStatics)
                .map(owner -> {
                    int choice = owner.isInterface() ? 0 : random.nextInt(3);
                    if (choice < 2) {
                        Field field = builder.field(owner, true);
                        moveAnywhere(owner, field);
                        return use(field);
                    }
                    Field map = new Field(
                            owner,
                            program.name("map"),
                            builder.access(),
                            "Map<String, Integer>",
                            Code.of("new TreeMap<>()"));
                    map.isStatic = true;
                    map.isFinal = true;
                    map.block = Code.of(map.name + ".put(\"k1\", 1);\nfor (int i = 0; i < 3; i++) " + map.name
                            + ".put(\"i\" + i, i * " + random.nextInt(9) + ");");
                    owner.fields.add(map);
                    insert(
                            3,
                            at -> at.read(map).map(name -> Code.fill("Rt.t($.get(\"i2\") + \":\" + $);", name, name)));
                    return true;
                })
                .orElse(false);
    }

    private void moveAnywhere(Type owner, Field field) {
        owner.fields.remove(field);
        owner.fields.add(random.nextInt(owner.fields.size() + 1), field);
    }

    private boolean addInstanceField() {
        return someClass()
                .map(owner -> {
                    Field field = builder.field(owner, false);
                    moveAnywhere(owner, field);
                    if (!field.isFinal && random.nextInt(3) == 0) {
                        field.value = Code.of("");
                    }
                    if (field.isBlankFinal()) {
                        owner.constructors().filter(c -> !c.delegatesToThis()).forEach(builder::finals);
                    } else if (field.isAssigned && random.nextBoolean()) {
                        owner.constructors()
                                .forEach(c -> new Statements(builder.at(c, 0))
                                        .assignment(field)
                                        .ifPresent(code -> c.body.add(0, Statement.of(code))));
                    }
                    return use(field);
                })
                .orElse(false);
    }

    private boolean addConstructor() {
        return someClass()
                .map(owner -> {
                    Method constructor = builder.constructor(owner, builder.access());
                    if (random.nextInt(3) == 0) {
                        some(owner.methods, m -> m.isConstructor() && m != constructor)
                                .ifPresent(other -> builder.delegate(constructor, other));
                    }
                    builder.fill(constructor, random.nextInt(3));
                    boolean used = create(constructor);
                    for (Type below : program.subtypes(owner)) {
                        if (below.parent == owner && constructor.isVisibleFrom(below, false) && random.nextBoolean()) {
                            Method more = builder.constructor(below, builder.access());
                            builder.delegate(more, constructor);
                            builder.fill(more, random.nextInt(2));
                            used |= create(more);
                        }
                    }
                    return used;
                })
                .orElse(false);
    }

    private boolean isNeeded(Method method) {
        return method.owner
                .ancestry()
                .anyMatch(t -> t != method.owner
                        && t.own(method.name).filter(m -> m.isAbstract).isPresent());
    }

    private boolean removeMethod() {
        Optional<Method> found = someMethod(m ->
                !m.isAbstract && !isNeeded(m) && !m.owner.isInterface() && !m.isMaker && m.owner.methods.size() > 1);
        found.ifPresent(method -> {
            Type owner = method.owner;
            boolean inherits = owner.inheritedBody(method.name).isPresent();
            owner.methods.remove(method);
            if (!inherits
                    || !owner.inheritedBody(method.name).orElseThrow().result.equals(method.result)) {
                program.purge(method);
            } else if (random.nextBoolean()) {
                program.purge(method);
            }
        });
        return found.isPresent();
    }

    private boolean removeField() {
        Optional<Field> found = someField(f -> true);
        found.ifPresent(field -> {
            field.owner.fields.remove(field);
            program.purge(field);
        });
        return found.isPresent();
    }

    private boolean isDelegatedTo(Method constructor) {
        return program.methods().anyMatch(m -> m.delegate == constructor);
    }

    private boolean removeConstructor() {
        Optional<Method> found = some(
                program.methods().toList(),
                m -> m.isConstructor()
                        && m.owner.kind == Type.Kind.CLASS
                        && m.owner.constructors().count() > 1
                        && !isDelegatedTo(m));
        found.ifPresent(constructor -> {
            constructor.owner.methods.remove(constructor);
            program.purge(constructor);
        });
        return found.isPresent();
    }

    private boolean changeConstant() {
        Optional<Field> found =
                someField(f -> f.isStatic && f.isFinal && f.block.text().isEmpty() && !f.type.equals("Object"));
        found.ifPresent(field -> field.value = Code.of(Values.literal(field.type, random)));
        return found.isPresent() && use(found.get());
    }

    private boolean widen() {
        Optional<Field> field = someField(f -> !f.owner.isInterface() && f.access != Access.PUBLIC);
        Optional<Method> method = someMethod(m -> m.access != Access.PUBLIC
                && !m.owner.isInterface()
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        if (method.isPresent() && (field.isEmpty() || random.nextBoolean())) {
            Access before = method.get().access;
            method.get().access = Program.pick(
                    random,
                    EnumSet.allOf(Access.class).stream()
                            .filter(wider -> wider.compareTo(before) > 0)
                            .toList());
            return call(method.get());
        }
        field.ifPresent(f -> f.access = Access.PUBLIC);
        return field.isPresent() && use(field.get());
    }

    private boolean narrow() {
        Optional<Field> field = someField(f -> !f.owner.isInterface() && f.access != Access.PRIVATE);
        Optional<Method> method = someMethod(m -> m.access != Access.PRIVATE
                && !m.isMaker
                && !m.isAbstract
                && !m.owner.isInterface()
                && m.owner
                        .ancestry()
                        .allMatch(t -> t == m.owner || t.own(m.name).isEmpty())
                && !m.name.equals("toString")
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        if (method.isPresent() && (field.isEmpty() || random.nextBoolean())) {
            program.purge(method.get());
            method.get().access = Access.PRIVATE;
            method.get().isFinal = false;
            return call(method.get());
        }
        field.ifPresent(f -> {
            program.purge(f);
            f.access = Access.PRIVATE;
        });
        return field.isPresent() && use(field.get());
    }

    private boolean finality() {
        if (random.nextBoolean()) {
            Optional<Method> method = someMethod(m -> !m.isAbstract
                    && !m.isStatic
                    && m.access != Access.PRIVATE
                    && !m.owner.isInterface()
                    && program.subtypes(m.owner).stream()
                            .noneMatch(t -> t.own(m.name).isPresent()));
            method.ifPresent(m -> {
                program.purge(m);
                m.isFinal = !m.isFinal;
                m.isSynchronized = !m.isSynchronized;
            });
            return method.isPresent() && (method.get().isMaker || call(method.get()));
        }
        Optional<Field> field = someField(
                f -> f.owner.kind == Type.Kind.CLASS && !f.value.text().isEmpty());
        field.ifPresent(f -> {
            program.purge(f);
            f.isFinal = !f.isFinal;
            f.isAssigned = !f.isFinal;
        });
        return field.isPresent() && use(field.get());
    }

    private boolean fieldType() {
        Optional<Field> found = someField(f -> f.block.text().isEmpty());
        found.ifPresent(field -> {
            program.purge(field);
            String before = field.type;
            while (field.type.equals(before)) {
                field.type = Values.type(random);
            }
            if (field.isBlankFinal()) {
                field.owner.constructors().forEach(c -> c.finals.remove(field));
                field.owner.constructors().filter(c -> !c.delegatesToThis()).forEach(builder::finals);
            } else {
                field.value = Code.of(Values.literal(field.type, random));
            }
        });
        return found.isPresent() && use(found.get());
    }

    private boolean fieldStaticness() {
        Optional<Field> found = someField(f -> f.owner.kind == Type.Kind.CLASS
                && f.owner.mayHaveStatics()
                && f.block.text().isEmpty()
                && !f.value.text().isEmpty());
        found.ifPresent(field -> {
            program.purge(field);
            field.isStatic = !field.isStatic;
        });
        return found.isPresent() && use(found.get());
    }

    private boolean methodStaticness() {
        Optional<Method> found = someMethod(m -> m.owner.kind == Type.Kind.CLASS
                && m.owner.mayHaveStatics()
                && !m.isAbstract
                && !m.isMaker
                && !m.name.equals("toString")
                && m.owner
                        .ancestry()
                        .allMatch(t -> t == m.owner || t.own(m.name).isEmpty())
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        found.ifPresent(method -> {
            program.purge(method);
            method.isStatic = !method.isStatic;
            method.isFinal = false;
            method.body.clear();
            builder.fill(method, 2);
        });
        return found.isPresent() && call(found.get());
    }

    private boolean signature() {
        Optional<Method> found = someMethod(m -> !m.isAbstract
                && !m.isMaker
                && !m.isVarargs
                && !m.name.equals("toString")
                && m.owner
                        .ancestry()
                        .allMatch(t -> t == m.owner || t.own(m.name).isEmpty())
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        found.ifPresent(method -> {
            program.purge(method);
            if (method.parameters.isEmpty() || random.nextBoolean()) {
                method.parameters.add(
                        random.nextInt(method.parameters.size() + 1),
                        new Variable(Values.type(random), program.name("p")));
            } else {
                program.purge(method.parameters.remove(random.nextInt(method.parameters.size())));
            }
            if (random.nextBoolean()) {
                method.result = Values.type(random);
                method.returned = builder.at(method, method.body.size()).of(method.result, 2);
            }
        });
        return found.isPresent() && call(found.get());
    }

    private boolean newClass(boolean nested) {
        Optional<Type> outer = someType(t -> t.kind == Type.Kind.CLASS && t.outer == null);
        if (outer.isEmpty()) {
            return false;
        }
        Type type = nested
                ? new Type(outer.get().pack, program.name("N"), Type.Kind.CLASS, outer.get())
                : new Type(random.nextBoolean() ? "a" : "b", program.name("C"), Type.Kind.CLASS, null);
        if (nested) {
            type.isStatic = random.nextBoolean();
            type.access = builder.access();
        }
        some(program.tops, t -> t.kind == Type.Kind.CLASS && !t.isFinal && !t.isSealed && random.nextBoolean())
                .filter(t -> t.isVisibleFrom(type))
                .ifPresent(t -> type.parent = t);
        some(program.tops, t -> t.isInterface() && random.nextBoolean())
                .filter(t -> !type.isA(t))
                .ifPresent(type.interfaces::add);
        (nested ? outer.get().nested : program.tops).add(type);
        builder.field(type, false);
        Method constructor = builder.constructor(type, nested ? builder.access() : Access.PUBLIC);
        Method method = builder.signature(type, builder.access(), false);
        type.methods.add(method);
        Method second = builder.signature(type, builder.access(), type.mayHaveStatics() && random.nextBoolean());
        type.methods.add(second);
        builder.fill(constructor, random.nextInt(3));
        builder.fill(method, 1 + random.nextInt(3));
        builder.fill(second, random.nextInt(2));
        builder.implementAll(type);
        boolean called = call(method);
        boolean created = create(constructor);
        return call(second) || created || called;
    }

    private boolean insertOf(String one, String other) {
        return insert(2, at -> {
            for (int i = 0; i < 40; i++) {
                Code code = new Statements(at).any(2).code();
                boolean wanted = code.text().contains(one) || code.text().contains(other);
                if (wanted && (!code.text().contains("Loc") || !one.equals("->"))) {
                    return Optional.of(code);
                }
            }
            return Optional.empty();
        });
    }

    private boolean enumSwitch() {
        return someType(t -> t.kind == Type.Kind.ENUM)
                .map(type -> insert(
                        2,
                        at -> type.isVisibleFrom(at.type)
                                ? Optional.of(new Statements(at).enumSwitch(type))
                                : Optional.empty()))
                .orElse(false);
    }

    private boolean enumConstant() {
        return someType(t -> t.kind == Type.Kind.ENUM)
                .map(type -> {
                    // Added constants come last in a running JVM, wherever they are in the source.
                    type.constants.add(program.name("K"));
                    return insert(
                            2,
                            at -> type.isVisibleFrom(at.type)
                                    ? Optional.of(new Statements(at).enumSwitch(type))
                                    : Optional.empty());
                })
                .orElse(false);
    }

    private boolean removeInterface() {
        return someType(t -> t.kind == Type.Kind.CLASS && !t.interfaces.isEmpty())
                .map(type -> {
                    Type gone = Program.pick(random, type.interfaces);
                    // All code that could convert one to the other goes.
                    program.types().stream()
                            .filter(t -> t.isA(gone))
                            .flatMap(t -> t.methods.stream())
                            .toList()
                            .forEach(program::purge);
                    type.interfaces.remove(gone);
                    return true;
                })
                .orElse(false);
    }

    private boolean addInterface() {
        Type fresh = new Type(random.nextBoolean() ? "a" : "b", program.name("I"), Type.Kind.INTERFACE, null);
        Method method = builder.signature(fresh, Access.PUBLIC, false);
        method.isAbstract = true;
        method.result = method.result.equals("void") ? "int" : method.result;
        fresh.methods.add(method);
        Method inDefault = builder.signature(fresh, Access.PUBLIC, false);
        fresh.methods.add(inDefault);
        List<Type> owners = program.types().stream()
                .filter(t -> t.kind == Type.Kind.CLASS && !t.isAbstract && random.nextInt(2) == 0)
                .toList();
        if (owners.isEmpty()) {
            return false;
        }
        program.tops.add(fresh);
        for (Type owner : owners) {
            if (!owner.isA(fresh)) {
                owner.interfaces.add(fresh);
            }
        }
        owners.forEach(builder::implementAll);
        builder.fill(inDefault, 1);
        insert(2, at -> new Statements(at).polymorphic(method));
        insert(
                2,
                at -> some(program.types(), t -> t.kind == Type.Kind.CLASS)
                        .flatMap(t -> at.creation(t, 1))
                        .map(made -> Code.fill("Rt.t((Object) $ instanceof " + fresh.path() + ");", made)));
        insert(
                2,
                at -> some(owners, t -> true).flatMap(t -> at.creation(t, 1)).map(made -> {
                    String name = program.name("o");
                    Code code = Code.fill(
                            fresh.path() + " " + name + " = $;\nRt.t(" + name + "." + method.name + "($));\n",
                            made,
                            at.arguments(method, 1));
                    code.uses().add(method);
                    return code;
                }));
        return true;
    }

    private boolean changeSuper() {
        return someType(t -> t.kind == Type.Kind.CLASS && t.parent == null && t.outer == null)
                .flatMap(type -> {
                    Type base = new Type(type.pack, program.name("C"), Type.Kind.CLASS, null);
                    Method constructor = builder.constructor(base, Access.PUBLIC);
                    Method method = builder.signature(base, Access.PUBLIC, false);
                    base.methods.add(method);
                    program.tops.add(base);
                    type.parent = base;
                    builder.fill(method, 1);
                    builder.fill(constructor, 0);
                    type.constructors().filter(c -> c.delegate == null).forEach(c -> builder.delegate(c, constructor));
                    return Optional.of(call(method));
                })
                .orElse(false);
    }

    private boolean recordComponent() {
        return someType(t -> t.kind == Type.Kind.RECORD)
                .map(type -> {
                    Method canonical = type.constructors().findFirst().orElseThrow();
                    program.purge(canonical);
                    Field component = new Field(type, program.name("f"), Access.PRIVATE, "int", Code.of(""));
                    component.isComponent = true;
                    component.isFinal = true;
                    type.fields.add(0, component);
                    canonical.parameters.add(0, new Variable("int", component.name));
                    return create(canonical);
                })
                .orElse(false);
    }
}
