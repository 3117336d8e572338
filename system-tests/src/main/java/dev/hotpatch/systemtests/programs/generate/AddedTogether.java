package dev.hotpatch.systemtests.programs.generate;

import java.util.Random;

/** A constructor that sets an added field and calls an added method, which captures {@code this} in a lambda; all added at once. For one thread. */
final class AddedTogether {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    AddedTogether(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean add() {
        return bench.someClass()
                .map(owner -> {
                    Field field = builder.field(owner, false);
                    field.isFinal = false;
                    field.isAssigned = true;
                    field.value = Code.of(random.nextBoolean() ? "" : Values.literal(field.type, random));
                    Method method = method(owner, field);
                    Method constructor = builder.constructor(owner, builder.access());
                    if (random.nextInt(3) == 0) {
                        bench.some(owner.methods, m -> m.isConstructor() && m != constructor && !m.delegatesToThis())
                                .ifPresent(other -> builder.delegate(constructor, other));
                    }
                    builder.fill(constructor, random.nextInt(2));
                    Expressions at = builder.at(constructor, constructor.body.size());
                    Code self = Code.of("this." + field.name, field);
                    constructor.body.add(Statement.of(Code.fill("$ = $;", self, at.of(field.type, 1))));
                    Code call = Code.fill("this." + method.name + "($)", at.arguments(method, 1));
                    call.uses().add(method);
                    constructor.body.add(Statement.of(Code.fill("Rt.t($ + \":\" + $);", call, self)));
                    return bench.use(field) && bench.create(constructor);
                })
                .orElse(false);
    }

    private Method method(Type owner, Field field) {
        Method method = builder.signature(owner, builder.access(), false);
        method.result = "String";
        bench.insertMember(owner, method);
        builder.fill(method, random.nextInt(2));
        String tag = program.name("L");
        Code self = Code.of("this." + field.name, field);
        Expressions at = builder.at(method, method.body.size());
        method.returned = Code.fill(
                "((Supplier<String>) () -> {\n$ = $;\nreturn \"" + tag + "\" + $ + $;\n}).get()",
                self,
                at.of(field.type, 1),
                self,
                at.of("int", 1));
        return method;
    }
}
