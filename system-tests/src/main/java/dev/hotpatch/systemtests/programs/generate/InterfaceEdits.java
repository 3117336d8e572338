package dev.hotpatch.systemtests.programs.generate;

import java.util.List;
import java.util.Random;

/** Changes of the interfaces of classes. For one thread. */
final class InterfaceEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    InterfaceEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean removeInterface() {
        return bench.someType(t -> t.kind == Type.Kind.CLASS && !t.interfaces.isEmpty())
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

    boolean addInterface() {
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
        bench.insert(2, at -> new Statements(at).polymorphic(method));
        bench.insert(
                2,
                at -> bench.some(program.types(), t -> t.kind == Type.Kind.CLASS)
                        .flatMap(t -> at.creation(t, 1))
                        .map(made -> Code.fill("Rt.t((Object) $ instanceof " + fresh.path() + ");", made)));
        bench.insert(
                2,
                at -> bench.some(owners, t -> true)
                        .flatMap(t -> at.creation(t, 1))
                        .map(made -> {
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

    /** A static or private method of an interface. */
    boolean addMethod() {
        return bench.someType(Type::isInterface)
                .map(owner -> {
                    boolean isPrivate = program.release >= 9 && random.nextBoolean();
                    Method method = builder.signature(
                            owner, isPrivate ? Access.PRIVATE : Access.PUBLIC, !isPrivate || random.nextBoolean());
                    bench.insertMember(owner, method);
                    builder.fill(method, random.nextInt(3));
                    return bench.call(method);
                })
                .orElse(false);
    }
}
