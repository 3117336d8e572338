package dev.hotpatch.differ.align;

import dev.hotpatch.differ.classes.MemberText;
import dev.hotpatch.differ.classes.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** One outermost class with all that is nested in it, on both sides: finds the pairs and gives the names. */
final class Group {
    /** The Eclipse compiler's tables for switches: a field and the method that fills it once. */
    private static final String ECLIPSE_TABLE = "$SWITCH_TABLE$";

    private final Side base;
    private final Side target;
    private final Texts texts;
    private final String tag;
    private final Renaming names;

    Group(Side base, Side target, Texts texts, String tag, Renaming names) {
        this.base = base;
        this.target = target;
        this.texts = texts;
        this.tag = tag;
        this.names = names;
    }

    void align() {
        if (!target.isNumbered()) {
            eclipseTables();
            return;
        }
        base.write();
        target.write();
        Colours colours = new Colours(base, target);
        Buckets buckets = new Buckets(texts);
        new ClassPairs(base, target, colours, buckets).find();
        classNames();
        markers();
        MethodPairs methods = new MethodPairs(colours, buckets, names);
        for (ClassUnit unit : target.classes.values()) {
            ClassUnit same = inBase(unit);
            if (same != null) {
                methods.add(same, unit);
            }
        }
        methods.find();
        target.classes.values().forEach(this::methodNames);
        eclipseTables();
    }

    private @Nullable ClassUnit inBase(ClassUnit unit) {
        if (unit.entity == null) {
            return base.classes.get(unit.node.name);
        }
        return unit.entity.partner == null ? null : unit.entity.partner.owner;
    }

    private void classNames() {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> fresh = new HashSet<>();
        for (ClassUnit unit : target.classes.values()) {
            if (unit.entity == null) {
                continue;
            }
            String name;
            String outer = names.map(unit.parent);
            ClassUnit same = inBase(unit);
            if (same != null) {
                name = same.node.name;
            } else {
                // Whatever lies in a new class goes with it, under the name that follows from the outer one.
                boolean follows = unit.entity.kind == Entity.Kind.MEMBER
                        || fresh.contains(outer)
                        || !base.classes.containsKey(outer);
                name = outer + '$' + unit.rest;
                if (!follows || base.classes.containsKey(name)) {
                    String local =
                            unit.rest.substring(unit.rest.lastIndexOf('$') + 1).replaceAll("\\d+", "");
                    do {
                        name = outer + "$$hp" + tag + '$' + counts.merge(outer, 1, Integer::sum) + local;
                    } while (base.classes.containsKey(name) || target.classes.containsKey(name));
                }
                fresh.add(name);
            }
            if (!name.equals(unit.node.name)) {
                names.type(unit.node.name, name);
            }
        }
    }

    /**
     * Before JDK 11 javac gave constructors for nested classes a last parameter of the type {@code Outer$1}, whatever that was. Only null is
     * ever passed, so the base's type serves.
     */
    private void markers() {
        Map<String, String> found = new HashMap<>();
        for (ClassUnit unit : target.classes.values()) {
            ClassUnit same = inBase(unit);
            if (same == null) {
                continue;
            }
            for (MethodNode method : unit.node.methods) {
                Entity marker = marker(target, method);
                for (MethodNode other : same.node.methods) {
                    if (marker != null
                            && marker(base, other) != null
                            && names.mapMethodDesc(withoutLast(method.desc)).equals(withoutLast(other.desc))) {
                        found.put(method.desc, other.desc);
                    }
                }
            }
        }
        for (ClassUnit unit : target.classes.values()) {
            for (MethodNode method : unit.node.methods) {
                if (!method.name.equals("<init>")) {
                    found.remove(method.desc);
                }
            }
        }
        found.forEach((desc, other) -> {
            if (!names.mapMethodDesc(desc).equals(other)) {
                names.markers.put(desc, other);
            }
        });
    }

    private static @Nullable Entity marker(Side side, MethodNode method) {
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.equals("<init>");
        Type[] parameters = Type.getArgumentTypes(method.desc);
        return synthetic && parameters.length > 0 && parameters[parameters.length - 1].getSort() == Type.OBJECT
                ? side.classEntity(parameters[parameters.length - 1].getInternalName())
                : null;
    }

    private static String withoutLast(String desc) {
        Type[] parameters = Type.getArgumentTypes(desc);
        return Type.getMethodDescriptor(
                Type.getReturnType(desc), java.util.Arrays.copyOf(parameters, parameters.length - 1));
    }

    /** Names for the numbered methods of a class that the base has, too. */
    private void methodNames(ClassUnit unit) {
        ClassUnit same = inBase(unit);
        if (same == null) {
            return;
        }
        Set<String> taken = new HashSet<>();
        same.node.methods.forEach(method -> taken.add(MemberText.id(method)));
        unit.node.methods.stream()
                .filter(method -> target.methodEntity(unit.node.name, method.name, method.desc) == null)
                .forEach(method -> taken.add(method.name + names.mapMethodDesc(method.desc)));
        for (Entity entity : unit.methods.keySet()) {
            MethodNode method = entity.method;
            if (method == null) {
                continue;
            }
            String desc = names.mapMethodDesc(method.desc);
            String name = method.name;
            if (entity.partner != null) {
                name = entity.partner.name();
            } else {
                for (int n = 1; !taken.add(name + desc); n++) {
                    name = method.name + "$hp" + (n == 1 ? "" : n);
                }
            }
            if (!name.equals(method.name)) {
                names.method(unit.node.name, method.name, method.desc, name);
            }
        }
    }

    private void eclipseTables() {
        for (ClassUnit unit : target.classes.values()) {
            ClassUnit same = inBase(unit);
            for (MethodNode method : unit.node.methods) {
                if (same != null && method.name.startsWith(ECLIPSE_TABLE)) {
                    boolean changed = same.node.methods.stream()
                            .filter(other -> MemberText.id(other).equals(MemberText.id(method)))
                            .anyMatch(other -> !MemberText.of(other, Names.AS_WRITTEN)
                                    .equals(MemberText.of(method, Names.AS_WRITTEN)));
                    if (changed) {
                        String fresh = method.name + "$hp" + tag;
                        names.method(unit.node.name, method.name, method.desc, fresh);
                        names.fields.put(unit.node.name + '.' + method.name, fresh);
                    }
                }
            }
        }
    }
}
