package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A program while it is being made. For one thread. */
final class Program {
    /** The package above the two that classes are in. */
    final String root;

    final int release;
    final List<Type> tops = new ArrayList<>();
    private int numbers;

    Program(String root, int release) {
        this.root = root;
        this.release = release;
    }

    /** A name that no other thing of the program has. */
    String name(String prefix) {
        return prefix + numbers++;
    }

    /** Names from now on do not collide with those of another edit. */
    void numberFrom(int number) {
        numbers = number;
    }

    /** All classes, those of classes after them. */
    List<Type> types() {
        List<Type> all = new ArrayList<>();
        tops.forEach(top -> add(top, all));
        return all;
    }

    private static void add(Type type, List<Type> all) {
        all.add(type);
        type.nested.forEach(inner -> add(inner, all));
    }

    Stream<Method> methods() {
        return types().stream().flatMap(type -> type.methods.stream());
    }

    Stream<Field> fields() {
        return types().stream().flatMap(type -> type.fields.stream());
    }

    List<Type> subtypes(Type of) {
        return types().stream().filter(type -> type != of && type.isA(of)).toList();
    }

    /** Takes out all code that uses a thing, with what depends on that code. */
    void purge(Object thing) {
        Set<Object> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.add(thing);
        int before;
        do {
            before = gone.size();
            methods().forEach(method -> purge(method, gone));
        } while (gone.size() > before);
        fields().forEach(field -> {
            if (field.value.usesAny(gone)) {
                field.value = Code.of(Values.simple(field.type));
            }
            if (field.block.usesAny(gone)) {
                field.block = Code.of("");
            }
        });
    }

    private static void purge(Method method, Set<Object> gone) {
        method.body.removeIf(statement -> {
            boolean remove = statement.code().usesAny(gone);
            if (remove) {
                gone.addAll(statement.declares());
            }
            return remove;
        });
        if (method.returned.usesAny(gone)) {
            method.returned = Code.of(
                    method.isMaker ? "() -> \"" + method.tagOfMaker() + "none\"" : Values.simple(method.result));
        }
        Method delegate = method.delegate;
        if (delegate != null) {
            for (int i = 0; i < method.delegateArguments.size(); i++) {
                if (method.delegateArguments.get(i).usesAny(gone)) {
                    method.delegateArguments.set(i, Code.of(Values.simple(delegate.parameters.get(i).type)));
                }
            }
        }
        method.finals.replaceAll((field, code) -> code.usesAny(gone) ? Code.of(Values.simple(field.type)) : code);
    }

    /** One of a list; the list must not be empty. */
    static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
