package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Changes that HotSpot takes and that would still be wrong: the compiler numbers lambdas, accessors and anonymous classes, and tables for
 * switches are filled once. Where a body turns up under another number, what was made before the patch would run the wrong one.
 */
final class Renumbering {
    private static final Pattern NUMBERED_CLASS = Pattern.compile(".*\\$[0-9]+[^$/]*");

    /** Tables by enum constant: of javac, of Kotlin, and of the Eclipse compiler. */
    private static final List<String> SWITCH_TABLES = List.of("$SwitchMap$", "$EnumSwitchMapping$");

    private static final String ECLIPSE_TABLE = "$SWITCH_TABLE$";

    private Renumbering() {}

    /** True for the names that anonymous and local classes have. */
    static boolean isNumbered(String className) {
        return NUMBERED_CLASS.matcher(className).matches();
    }

    /** What a class is apart from its own name and the numbers in it. */
    static String identity(ClassNode node) {
        return MemberText.ofClass(node, Names.without(node.name));
    }

    /** Reasons that lie within one class. */
    static List<Reason> within(ClassNode base, ClassNode target) {
        List<Reason> reasons = new ArrayList<>();
        Map<String, List<String>> ownersOfBody = new HashMap<>();
        Map<String, String> oldBodies = new HashMap<>();
        for (MethodNode method : base.methods) {
            if (isNumbered(method)) {
                String body = body(method);
                oldBodies.put(MemberText.id(method), body);
                ownersOfBody.computeIfAbsent(body, any -> new ArrayList<>()).add(MemberText.id(method));
            }
        }
        for (MethodNode method : target.methods) {
            String id = MemberText.id(method);
            String body = isNumbered(method) ? body(method) : "";
            String before = oldBodies.get(id);
            if (before == null || before.equals(body)) {
                continue;
            }
            ownersOfBody.getOrDefault(body, List.of()).stream()
                    .findFirst()
                    .ifPresent(other -> reasons.add(Reasons.renumbered(
                            id,
                            "the code that the compiler calls so now was " + other
                                    + " before; lambdas made before would run the wrong code")));
        }
        switchTable(base, target).ifPresent(reasons::add);
        return reasons;
    }

    private static Optional<Reason> switchTable(ClassNode base, ClassNode target) {
        boolean table =
                target.fields.stream().anyMatch(field -> SWITCH_TABLES.stream().anyMatch(field.name::startsWith));
        Map<String, String> before = new HashMap<>();
        base.methods.forEach(method -> before.put(MemberText.id(method), CodeText.of(method, Names.AS_WRITTEN)));
        for (MethodNode method : target.methods) {
            boolean fills = (table && method.name.equals("<clinit>")) || method.name.startsWith(ECLIPSE_TABLE);
            if (fills && !CodeText.of(method, Names.AS_WRITTEN).equals(before.get(MemberText.id(method)))) {
                return Optional.of(
                        Reasons.renumbered(
                                MemberText.id(method),
                                "this table numbers the cases of a switch over an enum and is filled once; the new switch would read the old table"));
            }
        }
        return Optional.empty();
    }

    private static boolean isNumbered(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0
                && Names.SYNTHETIC.matcher(method.name).matches();
    }

    private static String body(MethodNode method) {
        return method.desc + CodeText.of(method, Names.WITHOUT_NUMBERS);
    }
}
