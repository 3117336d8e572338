package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Compares two class files of the same name by meaning. Stateless. */
public final class ClassComparison {
    private static final int MEANING = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private ClassComparison() {}

    /**
     * How two class files differ: what of it goes live without the effect that a restart has (changed constructors and constants), perhaps
     * nothing; absent if they mean the same. A static initialiser is not mentioned, as it depends on what is made of it.
     *
     * @throws RuntimeException if a class file is broken or newer than the library knows
     */
    public static Optional<List<Reason>> difference(byte[] base, byte[] target) {
        ClassNode before = read(base);
        ClassNode after = read(target);
        List<Reason> warnings = new ArrayList<>();
        boolean differs = differs(before, after, warnings);
        return differs || !SameShape.of(before, after) ? Optional.of(List.copyOf(warnings)) : Optional.empty();
    }

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
                if (method.name.equals("<init>")) {
                    warnings.add(Reasons.constructor(MemberText.id(method)));
                }
            }
        }
        return differs;
    }

    /** The reason for a static initialiser of which more than added fields is different. */
    public static Reason initialiserNotRerun() {
        return Reasons.staticInitialiser();
    }

    /** Whether two methods have the same instructions by meaning. */
    public static boolean sameCode(MethodNode base, MethodNode target) {
        return SameCode.of(base, target);
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, MEANING);
        return node;
    }
}
