package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;
import java.util.Random;

/** Changes of fields. For one thread. */
final class FieldEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    FieldEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean addStaticField() {
        return bench.someType(Type::mayHaveStatics)
                .map(owner -> {
                    int choice = owner.isInterface() ? 0 : random.nextInt(3);
                    if (choice < 2) {
                        Field field = builder.field(owner, true);
                        moveAnywhere(owner, field);
                        return bench.use(field);
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
                    bench.insert(
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

    boolean addInstanceField() {
        return bench.someClass()
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
                    return bench.use(field);
                })
                .orElse(false);
    }

    boolean removeField() {
        Optional<Field> found = bench.someField(f -> true);
        found.ifPresent(field -> {
            field.owner.fields.remove(field);
            program.purge(field);
        });
        return found.isPresent();
    }

    boolean changeConstant() {
        Optional<Field> found =
                bench.someField(f -> f.isStatic && f.isFinal && f.block.text().isEmpty() && !f.type.equals("Object"));
        found.ifPresent(field -> field.value = Code.of(Values.literal(field.type, random)));
        return found.isPresent() && bench.use(found.get());
    }

    boolean fieldType() {
        Optional<Field> found = bench.someField(f -> f.block.text().isEmpty());
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
        return found.isPresent() && bench.use(found.get());
    }

    boolean fieldStaticness() {
        Optional<Field> found = bench.someField(f -> f.owner.kind == Type.Kind.CLASS
                && f.owner.mayHaveStatics()
                && f.block.text().isEmpty()
                && !f.value.text().isEmpty()
                && f.value.uses().isEmpty());
        found.ifPresent(field -> {
            program.purge(field);
            field.isStatic = !field.isStatic;
        });
        return found.isPresent() && bench.use(found.get());
    }
}
