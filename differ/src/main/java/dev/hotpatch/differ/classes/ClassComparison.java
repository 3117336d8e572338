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
        if (base.module != null || target.module != null || target.name.equals(MODULE)) {
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
        boolean differs =
                !MemberText.ofHead(base, Names.AS_WRITTEN).equals(MemberText.ofHead(target, Names.AS_WRITTEN));
        Map<String, FieldNode> fields = new HashMap<>();
        base.fields.forEach(field -> fields.put(MemberText.id(field), field));
        for (FieldNode field : target.fields) {
            FieldNode old = fields.get(MemberText.id(field));
            if (old == null || !MemberText.of(old, Names.AS_WRITTEN).equals(MemberText.of(field, Names.AS_WRITTEN))) {
                differs = true;
                if (old != null && !constant(old).equals(constant(field))) {
                    warnings.add(Reasons.constant(MemberText.id(field)));
                }
            }
        }
        Map<String, MethodNode> methods = new HashMap<>();
        base.methods.forEach(method -> methods.put(MemberText.id(method), method));
        for (MethodNode method : target.methods) {
            MethodNode old = methods.get(MemberText.id(method));
            if (old == null || !MemberText.of(old, Names.AS_WRITTEN).equals(MemberText.of(method, Names.AS_WRITTEN))) {
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

    /** What goes live without the effect that a restart has: of constructors and constants, for classes of whatever shapes. */
    public static List<Reason> effects(byte[] base, byte[] target) {
        List<Reason> warnings = new ArrayList<>();
        differs(read(base), read(target), warnings);
        warnings.remove(Reasons.staticInitialiser());
        return warnings;
    }

    /** The reason for a static initialiser of which more than added fields is different. */
    public static Reason initialiserNotRerun() {
        return Reasons.staticInitialiser();
    }

    /** Whether two methods have the same instructions by meaning. */
    public static boolean sameCode(MethodNode base, MethodNode target) {
        return CodeText.of(base, Names.AS_WRITTEN).equals(CodeText.of(target, Names.AS_WRITTEN));
    }

    /** Whether the class file is a module's declaration. */
    public static boolean isModule(byte[] classFile) {
        ClassNode node = read(classFile);
        return node.module != null || node.name.equals(MODULE);
    }

    private static String constant(FieldNode field) {
        StringBuilder text = new StringBuilder();
        Constants.write(field.value, text, Names.AS_WRITTEN);
        return text.toString();
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
