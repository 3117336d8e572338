package dev.hotpatch.differ.only;

import dev.hotpatch.differ.classes.CodeText;
import dev.hotpatch.differ.classes.Names;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Gives other numbers to what comes from the target where code of the base that stays uses what has the same number: lambda bodies,
 * accessors, anonymous classes. For one thread.
 */
final class Numbers extends Remapper {
    private static final String LAMBDA = "lambda$";

    /** Where free numbers are looked for: compilers start at 0 and do not come here. */
    private static final int FIRST = 10_000;

    private final Release base;
    private final Release target;
    private final Taken taken;
    private final Map<String, String> classes = new TreeMap<>();
    private final Map<References.Use, String> methods = new HashMap<>();
    private final Map<String, Set<Member>> shared = new HashMap<>();

    Numbers(Release base, Release target, Taken taken) {
        super(Opcodes.ASM9);
        this.base = base;
        this.target = target;
        this.taken = taken;
        taken.parts().forEach(this::methods);
        while (classes()) {
            // A class that gets another name may make others of the base stay.
        }
    }

    /** Whether the base's class of that name stays beside the target's. */
    boolean isRenamed(String className) {
        return classes.containsKey(className);
    }

    /** Members of a part that are the base's own. */
    Set<Member> shared(String className) {
        return shared.getOrDefault(className, Set.of());
    }

    boolean isIdle() {
        return classes.isEmpty() && methods.isEmpty();
    }

    @Override
    public String map(String internalName) {
        return classes.getOrDefault(internalName, internalName);
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
        return methods.getOrDefault(new References.Use(owner, new Member(name, descriptor)), name);
    }

    /** Methods of the base that stay in a class of which a part is taken. */
    List<MethodNode> staying(ClassNode node, Part part) {
        Map<Member, MethodNode> lambdas = new HashMap<>();
        List<MethodNode> staying = new ArrayList<>();
        for (MethodNode method : node.methods) {
            if (isLambda(method)) {
                lambdas.put(Member.of(method), method);
            } else if (!part.members().contains(Member.of(method)) || keepsNumber(method)) {
                staying.add(method);
            }
        }
        for (int i = 0; i < staying.size(); i++) {
            for (References.Use use : References.of(staying.get(i)).members()) {
                MethodNode lambda = use.owner().equals(node.name) ? lambdas.remove(use.member()) : null;
                if (lambda != null) {
                    staying.add(lambda);
                }
            }
        }
        return staying;
    }

    /** Accessors are used by other classes, so the base's always stays. */
    private static boolean keepsNumber(MethodNode method) {
        return Release.isNumbered(method) && (method.access & Opcodes.ACC_PRIVATE) == 0;
    }

    private static boolean isLambda(MethodNode method) {
        return Release.isNumbered(method)
                && (method.access & Opcodes.ACC_PRIVATE) != 0
                && method.name.startsWith(LAMBDA);
    }

    private void methods(String name, Part part) {
        ClassNode before = base.find(name);
        ClassNode after = target.find(name);
        if (before == null || after == null) {
            return;
        }
        Map<Member, MethodNode> staying = new HashMap<>();
        staying(before, part).forEach(method -> staying.put(Member.of(method), method));
        for (Member member : part.members()) {
            MethodNode now = Release.method(after, member);
            MethodNode then = staying.get(member);
            if (now == null || then == null || !Release.isNumbered(now)) {
                continue;
            }
            if (isSame(name, now, then)) {
                shared.computeIfAbsent(name, any -> new HashSet<>()).add(member);
            } else {
                String free = free(
                        member.name(),
                        candidate -> Release.access(before, new Member(candidate, member.desc())) < 0
                                && Release.access(after, new Member(candidate, member.desc())) < 0);
                methods.put(new References.Use(name, member), free);
            }
        }
    }

    private static boolean isSame(String owner, MethodNode now, MethodNode then) {
        return CodeText.of(now, Names.AS_WRITTEN).equals(CodeText.of(then, Names.AS_WRITTEN))
                && References.of(now).members().stream()
                        .noneMatch(use -> use.owner().equals(owner)
                                && use.member().isMethod()
                                && (use.member().name().startsWith(LAMBDA)
                                        || use.member().name().startsWith("access$")))
                && References.of(now).classes().stream().noneMatch(Release::isNumbered);
    }

    /** One round; true if it has found more. */
    private boolean classes() {
        boolean more = false;
        Map<String, SortedSet<String>> alive = new HashMap<>();
        for (String name : taken.whole()) {
            if (!Release.isNumbered(name) || classes.containsKey(name) || !base.has(name) || base.same(target, name)) {
                continue;
            }
            if (alive.computeIfAbsent(outer(name), this::alive).contains(name)) {
                rename(name);
                more = true;
            }
        }
        return followers() || more;
    }

    private void rename(String name) {
        classes.put(
                name,
                free(
                        name,
                        candidate ->
                                !base.has(candidate) && !target.has(candidate) && !classes.containsValue(candidate)));
    }

    /** Classes that both sides have alike, that taken code uses, and that use what gets another name. */
    private boolean followers() {
        if (classes.isEmpty()) {
            return false;
        }
        SortedSet<String> used = new TreeSet<>();
        taken.whole().forEach(name -> {
            ClassNode node = target.find(name);
            if (node != null) {
                used.addAll(References.of(node).classes());
            }
        });
        taken.parts().forEach((name, part) -> {
            ClassNode node = target.find(name);
            if (node != null) {
                used.addAll(References.of(takenMethods(node, part)).classes());
            }
        });
        boolean more = false;
        for (String name : used) {
            ClassNode node = Release.isNumbered(name) && !classes.containsKey(name) && base.same(target, name)
                    ? target.find(name)
                    : null;
            if (node != null && References.of(node).classes().stream().anyMatch(classes::containsKey)) {
                taken.addWhole(name, "");
                rename(name);
                more = true;
            }
        }
        return more;
    }

    static List<MethodNode> takenMethods(ClassNode target, Part part) {
        return target.methods.stream()
                .filter(method -> part.members().contains(Member.of(method)))
                .toList();
    }

    /** Numbered classes of the base within a class that code which stays leads to. */
    private SortedSet<String> alive(String outer) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        for (String name : base.names()) {
            if ((!name.equals(outer) && !name.startsWith(outer + "$"))
                    || Release.isNumbered(name)
                    || taken.isWhole(name)) {
                continue;
            }
            ClassNode node = base.find(name);
            if (node != null) {
                Part part = taken.parts().get(name);
                References uses = part == null ? References.of(node) : References.of(staying(node, part));
                open.addAll(uses.classes());
            }
        }
        while (!open.isEmpty()) {
            String name = open.pop();
            ClassNode node = Release.isNumbered(name) && found.add(name) ? base.find(name) : null;
            if (node != null) {
                open.addAll(References.of(node).classes());
            }
        }
        return found;
    }

    private static String outer(String name) {
        return name.substring(0, Math.max(name.indexOf('$'), 0));
    }

    /** The name with another last number. */
    private static String free(String name, Predicate<String> isFree) {
        int end = name.length();
        int start = -1;
        for (int i = name.lastIndexOf('$'); i >= 0 && start < 0; i = name.lastIndexOf('$', i - 1)) {
            int digits = i + 1;
            while (digits < name.length() && Character.isDigit(name.charAt(digits))) {
                digits++;
            }
            if (digits > i + 1) {
                start = i + 1;
                end = digits;
            }
            if (i == 0) {
                break;
            }
        }
        String prefix = start < 0 ? name + "$" : name.substring(0, start);
        String suffix = start < 0 ? "" : name.substring(end);
        for (int number = FIRST; ; number++) {
            String candidate = prefix + number + suffix;
            if (isFree.test(candidate)) {
                return candidate;
            }
        }
    }
}
