package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Writes expressions that compile at one place of a program. For one thread. */
final class Expressions {
    final Program program;
    final Random random;
    /** The class in which the place is. */
    final Type type;
    /** Whether there is no {@code this}. */
    final boolean isStatic;

    final List<Variable> variables;
    /** Whether expressions may change nothing: no calls. */
    private final boolean isPure;
    /**
     * Whether the object is known to no code of subclasses yet. Fields that it reads there have no values yet, which a lifted field does not know of
     * objects that are being made.
     */
    private boolean isUnfinished;

    Expressions(Program program, Random random, Type type, boolean isStatic, List<Variable> variables, boolean isPure) {
        this.program = program;
        this.random = random;
        this.type = type;
        this.isStatic = isStatic;
        this.variables = new ArrayList<>(variables);
        this.isPure = isPure;
    }

    /** The same place, inside a body that may change nothing. */
    Expressions pure() {
        return new Expressions(program, random, type, isStatic, variables, true);
    }

    /** The same place, in a constructor of a class with subclasses. */
    Expressions unfinished() {
        Expressions same = new Expressions(program, random, type, isStatic, variables, isPure);
        same.isUnfinished = true;
        return same;
    }

    Expressions with(Variable variable) {
        Expressions more = new Expressions(program, random, type, isStatic, variables, isPure);
        more.isUnfinished = isUnfinished;
        more.variables.add(variable);
        return more;
    }

    Code of(String wanted, int depth) {
        if (wanted.equals(Values.MAKER)) {
            return Code.of(Values.simple(wanted));
        }
        int choice = random.nextInt(12);
        if (choice < 3) {
            Optional<Code> variable = variable(wanted);
            if (variable.isPresent()) {
                return variable.get();
            }
        }
        if (choice < 6) {
            Optional<Code> field = anyField(wanted);
            if (field.isPresent()) {
                return field.get();
            }
        }
        if (choice < 9 && depth > 0 && !isPure) {
            Optional<Code> call = anyCall(wanted, depth);
            if (call.isPresent()) {
                return call.get();
            }
        }
        return choice < 11 && depth > 0 ? operation(wanted, depth - 1) : Code.of(Values.literal(wanted, random));
    }

    private Optional<Code> variable(String wanted) {
        List<Variable> fitting =
                variables.stream().filter(v -> v.type.equals(wanted)).toList();
        return fitting.isEmpty()
                ? Optional.empty()
                : Optional.of(Program.pick(random, fitting)).map(v -> Code.of(v.name, v));
    }

    private Code operation(String wanted, int depth) {
        int choice = random.nextInt(6);
        return switch (wanted) {
            case "int" ->
                switch (choice) {
                    case 0 -> Code.fill("($ + $)", of("int", depth), of("int", depth));
                    case 1 -> Code.fill("($ * 3 - $)", of("int", depth), of("int", depth));
                    case 2 -> Code.fill("String.valueOf($).length()", of("String", depth));
                    case 3 -> Code.fill("(int) ($ % 1000)", of("long", depth));
                    case 4 -> Code.fill("Rt.sum($, $)", of("int", depth), of("int", depth));
                    default -> Code.fill("($ ? $ : $)", of("boolean", depth), of("int", depth), of("int", depth));
                };
            case "long" ->
                choice < 3
                        ? Code.fill("($ + $)", of("int", depth), of("long", depth))
                        : Code.fill("($ ^ $)", of("long", depth), of("long", depth));
            case "double" ->
                choice < 3
                        ? Code.fill("($ + $)", of("int", depth), of("double", depth))
                        : Code.fill("($ * 0.5)", of("double", depth));
            case "boolean" ->
                choice < 3
                        ? Code.fill("($ % 3 == 1)", of("int", depth))
                        : Code.fill("($ < $)", of("long", depth), of("int", depth));
            case "String" ->
                choice < 4
                        // Not longer and longer with each call, which could double it.
                        ? Code.fill("(Rt.fit($) + \"-\" + $)", of("String", depth), of(Values.type(random), depth))
                        : Code.fill("Rt.cut($, $)", of("String", depth), of("int", depth));
            case "Object" ->
                choice < 3 ? Code.fill("(Object) $", of("String", depth)) : Code.fill("(Object) $", of("int", depth));
            default -> Code.of(Values.literal(wanted, random));
        };
    }

    /** Reads some field of that type that is visible here. */
    private Optional<Code> anyField(String wanted) {
        List<Code> found = new ArrayList<>();
        program.fields()
                .filter(field -> field.type.equals(wanted))
                .forEach(field -> read(field).ifPresent(found::add));
        return found.isEmpty() ? Optional.empty() : Optional.of(Program.pick(random, found));
    }

    /** Calls some method with that result that is visible here. */
    private Optional<Code> anyCall(String wanted, int depth) {
        List<Method> methods = program.methods()
                .filter(method -> method.result.equals(wanted) && !method.isConstructor())
                .toList();
        for (int i = 0; i < 4 && !methods.isEmpty(); i++) {
            Optional<Code> call = call(Program.pick(random, methods), depth - 1);
            if (call.isPresent()) {
                return call;
            }
        }
        return Optional.empty();
    }

    /** Names a field, if that is possible here without making an object. */
    Optional<Code> read(Field field) {
        if (field.isStatic) {
            return field.owner.isVisibleFrom(type) && field.isVisibleFrom(type, type.isA(field.owner))
                    ? Optional.of(Code.of(field.owner.path() + "." + field.name, field))
                    : Optional.empty();
        }
        return holder(field).map(self -> Code.of(self + "." + field.name, field));
    }

    /** {@code this}, or an enclosing one, that has an instance member. */
    Optional<String> holder(Member member) {
        if (isStatic || (isUnfinished && member instanceof Method && !member.isFinal)) {
            return Optional.empty();
        }
        Type at = type;
        String self = "this";
        while (true) {
            boolean has = at == member.owner || (at.isA(member.owner) && member.access != Access.PRIVATE);
            if (has && member.isVisibleFrom(at, true)) {
                return Optional.of(self);
            }
            Type outer = at.outer;
            if (outer == null || at.isStatic) {
                return Optional.empty();
            }
            at = outer;
            self = outer.path() + ".this";
        }
    }

    /** Calls a method, on this or on a new object. */
    Optional<Code> call(Method method, int depth) {
        if (method.isMaker) {
            return Optional.empty();
        }
        if (method.isStatic) {
            return method.owner.isVisibleFrom(type)
                            && method.isVisibleFrom(type, !method.owner.isInterface() && type.isA(method.owner))
                    ? Optional.of(apply(Code.of(method.owner.path() + "." + method.name, method), method, depth))
                    : Optional.empty();
        }
        Optional<String> self = holder(method);
        if (self.isPresent() && random.nextInt(3) > 0) {
            return Optional.of(apply(Code.of(self.get() + "." + method.name, method), method, depth));
        }
        if (!method.isVisibleFrom(type, false) || !method.owner.isVisibleFrom(type)) {
            return self.map(name -> apply(Code.of(name + "." + method.name, method), method, depth));
        }
        return receiver(method, depth)
                .map(object -> apply(Code.fill("$." + method.name, object), method, depth))
                .map(code -> {
                    code.uses().add(method);
                    return code;
                });
    }

    private Optional<Code> receiver(Method method, int depth) {
        List<Type> makeable = program.types().stream()
                .filter(candidate -> candidate.isA(method.owner) && candidate.isVisibleFrom(type))
                .filter(candidate -> method.access != Access.PRIVATE || candidate == method.owner)
                .filter(candidate -> candidate.pack.equals(type.pack) || method.access == Access.PUBLIC)
                .filter(candidate -> candidate
                        .implementation(method.name)
                        .filter(m -> m.isVisibleFrom(type, false))
                        .isPresent())
                .filter(candidate -> method.access == Access.PUBLIC || candidate.inheritsWithinPackage(method.owner))
                .toList();
        return makeable.isEmpty() ? Optional.empty() : creation(Program.pick(random, makeable), depth - 1);
    }

    private Code apply(Code target, Method method, int depth) {
        Code call = Code.fill("$($)", target, arguments(method, depth));
        call.uses().add(method);
        // The type of a generic call is that of its argument.
        return call;
    }

    /** The arguments of a call, separated by commas. */
    Code arguments(Method method, int depth) {
        Code all = Code.of("");
        for (int i = 0; i < method.parameters.size(); i++) {
            String wanted = method.parameters.get(i).type;
            Code argument = wanted.equals("T") ? of("String", depth) : of(wanted, depth);
            if (method.isVarargs && i == method.parameters.size() - 1 && random.nextBoolean()) {
                argument = Code.fill("$, $", of("int", depth), of("int", depth));
            }
            all = i == 0 ? argument : Code.fill("$, $", all, argument);
        }
        return all;
    }

    /** Makes a new object of a class, if it can be done here. */
    Optional<Code> creation(Type wanted, int depth) {
        if (wanted.kind == Type.Kind.ENUM) {
            return wanted.isVisibleFrom(type)
                    ? Optional.of(Code.of(wanted.path() + "." + Program.pick(random, wanted.constants)))
                    : Optional.empty();
        }
        List<Method> constructors =
                wanted.constructors().filter(c -> c.isVisibleFrom(type, false)).toList();
        return constructors.isEmpty() ? Optional.empty() : creation(Program.pick(random, constructors), depth);
    }

    /** Makes a new object by a constructor, if that can be called here. */
    Optional<Code> creation(Method constructor, int depth) {
        Type wanted = constructor.owner;
        if (wanted.isAbstract || !wanted.isVisibleFrom(type) || !constructor.isVisibleFrom(type, false)) {
            return Optional.empty();
        }
        Code arguments = arguments(constructor, Math.max(0, depth - 1));
        arguments.uses().add(constructor);
        Type outer = wanted.outer;
        if (outer == null || wanted.isStatic) {
            return Optional.of(Code.fill("new " + wanted.path() + "($)", arguments));
        }
        if (!isStatic && type == outer) {
            return Optional.of(Code.fill("this.new " + wanted.name + "($)", arguments));
        }
        return creation(outer, depth - 1).map(made -> Code.fill("$.new " + wanted.name + "($)", made, arguments));
    }
}
