package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Compares two class files of the same name by meaning. Stateless. */
public final class ClassComparison {
    private static final int MEANING = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
    private static final String MODULE = "module-info";

    private ClassComparison() {}

    /** Decides what becomes of a class; a class file that cannot be read is blocked. */
    public static ClassVerdict compare(byte[] base, byte[] target) {
        try {
            return compare(read(base), read(target), target);
        } catch (RuntimeException e) {
            // The library declares no exception for class files that are broken or newer than it knows.
            return new ClassVerdict(
                    Decision.BLOCKED, target, List.of(Reasons.unreadable(String.valueOf(e.getMessage()))));
        }
    }

    private static ClassVerdict compare(ClassNode base, ClassNode target, byte[] bytes) {
        if (base.module != null || isModule(target)) {
            boolean same = ModuleText.of(base).equals(ModuleText.of(target));
            return same
                    ? new ClassVerdict(Decision.NOISE, bytes, List.of())
                    : new ClassVerdict(Decision.BLOCKED, bytes, List.of(Reasons.module()));
        }
        List<Reason> violations = ShapeRules.violations(base, target);
        if (!violations.isEmpty()) {
            return new ClassVerdict(Decision.BLOCKED, bytes, violations);
        }
        List<Reason> warnings = new ArrayList<>();
        if (!differs(base, target, warnings)) {
            return new ClassVerdict(Decision.NOISE, bytes, List.of());
        }
        List<Reason> hazards = Renumbering.within(base, target);
        if (!hazards.isEmpty()) {
            return new ClassVerdict(Decision.BLOCKED, bytes, hazards);
        }
        return new ClassVerdict(Decision.REDEFINE, ShapeOrder.keep(base, target, bytes), warnings);
    }

    /** Compares members of classes of the same shape. */
    private static boolean differs(ClassNode base, ClassNode target, List<Reason> warnings) {
        boolean differs = !SameMember.heads(base, target);
        Map<String, FieldNode> fields = new HashMap<>();
        base.fields.forEach(field -> fields.put(MemberText.id(field), field));
        for (FieldNode field : target.fields) {
            FieldNode old = fields.get(MemberText.id(field));
            if (old == null || !SameMember.fields(old, field)) {
                differs = true;
                if (old != null && !Constants.same(old.value, field.value)) {
                    warnings.add(Reasons.constant(MemberText.id(field)));
                }
            }
        }
        Map<String, MethodNode> methods = new HashMap<>();
        base.methods.forEach(method -> methods.put(MemberText.id(method), method));
        for (MethodNode method : target.methods) {
            MethodNode old = methods.get(MemberText.id(method));
            if (old == null || !SameMember.methods(old, method)) {
                differs = true;
                if (method.name.equals("<clinit>")) {
                    warnings.add(Reasons.staticInitialiser());
                } else if (method.name.equals("<init>")) {
                    warnings.add(Reasons.constructor(MemberText.id(method)));
                }
            }
        }
        return differs;
    }

    /**
     * How classes of whatever shapes differ; a static initialiser is not mentioned, as it depends on what is made of it.
     *
     * @throws RuntimeException if a class file is broken or newer than the library knows
     */
    public static ClassDifference difference(byte[] base, byte[] target) {
        ClassNode before = read(base);
        ClassNode after = read(target);
        if (before.module != null || isModule(after)) {
            return ModuleText.of(before).equals(ModuleText.of(after))
                    ? new ClassDifference(ClassDifference.Kind.NONE, List.of())
                    : new ClassDifference(ClassDifference.Kind.MODULE, List.of(Reasons.module()));
        }
        List<Reason> warnings = new ArrayList<>();
        boolean differs = differs(before, after, warnings);
        if (!differs && ShapeRules.violations(before, after).isEmpty()) {
            return new ClassDifference(ClassDifference.Kind.NONE, List.of());
        }
        warnings.remove(Reasons.staticInitialiser());
        return new ClassDifference(ClassDifference.Kind.CLASS, warnings);
    }

    /** The reason for a static initialiser of which more than added fields is different. */
    public static Reason initialiserNotRerun() {
        return Reasons.staticInitialiser();
    }

    /** Whether two methods have the same instructions by meaning. */
    public static boolean sameCode(MethodNode base, MethodNode target) {
        return SameCode.of(base, target);
    }

    private static boolean isModule(ClassNode node) {
        return node.module != null || node.name.equals(MODULE);
    }

    /** True if a class of that name is anonymous or local, and numbered by the compiler. */
    public static boolean isNumbered(String className) {
        return Renumbering.isNumbered(className);
    }

    /** What a class is apart from its name and the compiler's numbers; empty if it cannot be read. */
    public static String identity(byte[] classFile) {
        try {
            return Renumbering.identity(read(classFile));
        } catch (RuntimeException e) {
            return "";
        }
    }

    /** The reason for a numbered class that was another one before. */
    public static Reason renumberedClass(String before) {
        return Reasons.renumbered(
                "",
                "the class that the compiler calls so now was " + before
                        + " before; its instances would run the wrong code");
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, MEANING);
        return node;
    }
}
