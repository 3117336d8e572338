package dev.hotpatch.systemtests.programs.generate;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Changes what initialisers do. For one thread. */
final class InitialiserEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    InitialiserEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    /** A static block that changes a field, which programs set again before each run. */
    boolean changeStatic() {
        Optional<Field> found = bench.someField(f -> f.isStatic
                && f.isAssigned
                && !f.owner.isInterface()
                && f.block.text().isEmpty()
                && !f.type.equals("boolean")
                && !f.type.equals("Object"));
        found.ifPresent(field -> field.block = Code.of(field.name + " += 3;"));
        return found.isPresent();
    }

    /** A static field of a type that is no value, with an initialiser that runs code and uses another field. */
    boolean addStatic() {
        return bench.someType(t -> t.mayHaveStatics() && !t.isInterface())
                .map(owner -> {
                    Code other = constant(owner);
                    Field list = add(owner, "List<String>", true);
                    list.value = Code.fill("new ArrayList<String>(Arrays.asList(\"e\" + $, \"x\"))", other);
                    Field supplier = add(owner, Values.MAKER, true);
                    supplier.value = Code.of(
                            "() -> \"" + program.name("L") + "\" + " + owner.path() + "." + list.name + ".size()",
                            list);
                    Field number = add(owner, "int", true);
                    number.value = Code.fill(
                            "$ > 1 ? Rt.sum(3, 4) : 7", Code.of(owner.path() + "." + list.name + ".size()", list));
                    show(list, "");
                    show(supplier, ".get()");
                    return bench.use(number);
                })
                .orElse(false);
    }

    /** Instance fields with objects of their own, one of which knows the object that it is in. */
    boolean addInstance() {
        return bench.someClass()
                .map(owner -> {
                    Field list = add(owner, "List<String>", false);
                    list.value = Code.of("new ArrayList<String>()");
                    Field supplier = add(owner, Values.MAKER, false);
                    supplier.value =
                            Code.of("() -> \"" + program.name("L") + "\" + this." + list.name + ".size()", list);
                    bench.insert(2, at -> at.read(list).map(name -> Code.fill("$.add(\"x\");", name)));
                    boolean shown = show(list, "");
                    return show(supplier, ".get()") || shown;
                })
                .orElse(false);
    }

    private Field add(Type owner, String type, boolean isStatic) {
        Field field = new Field(owner, program.name("f"), builder.access(), type, Code.of(""));
        field.isStatic = isStatic;
        field.isFinal = true;
        owner.fields.add(field);
        return field;
    }

    private boolean show(Field field, String suffix) {
        return bench.insert(2, at -> at.read(field).map(name -> Code.fill("Rt.t($" + suffix + ");", name)));
    }

    private Code constant(Type owner) {
        List<Field> finals = owner.fields.stream()
                .filter(f -> f.isStatic && f.isFinal && !f.type.equals("Map<String, Integer>"))
                .toList();
        if (finals.isEmpty()) {
            return Code.of(Values.literal("int", random));
        }
        Field one = Program.pick(random, finals);
        return Code.of(owner.path() + "." + one.name, one);
    }
}
