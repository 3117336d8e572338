package dev.hotpatch.differ.only;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds what selected code cannot do without: members and classes that the base lacks or that are less accessible there, where values
 * of added fields come from, and whatever compilers number. Bodies that merely differ stay the base's. For one thread.
 */
final class Needs {
    private final Release base;
    private final Release target;
    private final Taken taken = new Taken();
    private final Deque<Runnable> open = new ArrayDeque<>();

    Needs(Release base, Release target) {
        this.base = base;
        this.target = target;
    }

    /** What is selected, with what it needs. */
    Taken taken() {
        return taken;
    }

    void selectClass(String name) {
        whole(name, "");
        run();
    }

    void selectMethod(String name, Member method) {
        take(name, method, "");
        run();
    }

    private void run() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }

    private void whole(String name, String user) {
        if (taken.addWhole(name, user)) {
            String here = name.replace('/', '.');
            open.add(() -> {
                for (ClassNode node : target.forms(name)) {
                    uses(name, References.of(node), here);
                    overridden(node);
                    permitted(node);
                }
            });
        }
    }

    /** A sealed type of the base has to know the class. */
    private void permitted(ClassNode node) {
        List<String> above = new ArrayList<>(node.interfaces);
        above.add(node.superName);
        for (String type : above) {
            ClassNode sealed = type == null || base.has(node.name) ? null : base.find(type);
            if (sealed != null
                    && sealed.permittedSubclasses != null
                    && !sealed.permittedSubclasses.contains(node.name)) {
                whole(type, node.name.replace('/', '.'));
            }
        }
    }

    private void take(String owner, Member member, String user) {
        if (taken.isWhole(owner)) {
            return;
        }
        ClassNode before = base.find(owner);
        ClassNode after = target.find(owner);
        if (after == null) {
            return;
        }
        if (before == null || !base.sameForms(target, owner) || !Merge.isPossible(before, after, member)) {
            whole(owner, user);
            return;
        }
        if (!taken.addMember(owner, member, user)) {
            return;
        }
        String here = owner.replace('/', '.') + (member.isMethod() ? "#" + member.text() : "#" + member.name());
        open.add(() -> {
            MethodNode method = Release.method(after, member);
            FieldNode field = Release.field(after, member);
            if (method != null) {
                uses(owner, References.of(method), here);
                implementations(owner, member, method.access, here);
            } else if (field != null) {
                valueOf(after, field, here);
            }
        });
    }

    /** Everything that code in {@code home} refers to. */
    private void uses(String home, References found, String user) {
        SortedSet<String> classes = new TreeSet<>(found.classes());
        classes.add(home);
        for (String name : found.classes()) {
            boolean numbered = Release.isNumbered(name) && !base.same(target, name);
            if (target.has(name) && (!base.has(name) || numbered)) {
                whole(name, user);
            }
        }
        for (References.Use use : found.members()) {
            member(use, user);
        }
        classes.forEach(name -> interfaces(name, classes, user));
    }

    private void member(References.Use use, String user) {
        ClassNode declaring = target.declaring(use.owner(), use.member());
        if (declaring == null || !target.has(declaring.name) || taken.isWhole(declaring.name)) {
            return;
        }
        int now = Release.access(declaring, use.member());
        ClassNode found = base.declaring(use.owner(), use.member());
        int then = found == null ? -1 : Release.access(found, use.member());
        boolean otherKind = then < 0 || ((then ^ now) & Opcodes.ACC_STATIC) != 0;
        MethodNode method = Release.method(declaring, use.member());
        if (otherKind || (method != null && Release.isNumbered(method) && !base.same(target, declaring.name))) {
            take(declaring.name, use.member(), user);
        } else if (found != null && found.name.equals(declaring.name) && opened(then, now)) {
            taken.addAccess(declaring.name, use.member(), user);
        }
    }

    private static boolean opened(int then, int now) {
        return Merge.rank(now) > Merge.rank(then) || (then & ~now & Opcodes.ACC_FINAL) != 0;
    }

    /** An added method of a super type: what overrides it in classes that both sides have. */
    private void implementations(String owner, Member member, int access, String user) {
        ClassNode before = base.find(owner);
        boolean overridable = (access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0
                && !member.name().startsWith("<")
                && (before == null || Release.access(before, member) < 0);
        if (!overridable) {
            return;
        }
        for (String name : base.names()) {
            ClassNode now = name.equals(owner) || base.same(target, name) ? null : target.find(name);
            ClassNode then = now == null ? null : base.find(name);
            if (now != null
                    && then != null
                    && Release.method(now, member) != null
                    && Release.method(then, member) == null
                    && target.above(name).stream().anyMatch(above -> above.name.equals(owner))) {
                take(name, member, user);
            }
        }
    }

    /** The same for all that a whole class adds. */
    private void overridden(ClassNode node) {
        if (base.has(node.name)) {
            node.methods.forEach(method ->
                    implementations(node.name, Member.of(method), method.access, node.name.replace('/', '.')));
        }
    }

    /** Where an added field gets its value. */
    private void valueOf(ClassNode owner, FieldNode field, String user) {
        if ((field.access & Opcodes.ACC_STATIC) != 0) {
            MethodNode initialiser = Release.method(owner, new Member(Member.INITIALISER, "()V"));
            if (initialiser != null && puts(initialiser, owner.name, field)) {
                take(owner.name, Member.of(initialiser), user);
            }
            return;
        }
        ClassNode before = base.find(owner.name);
        for (MethodNode method : new ArrayList<>(owner.methods)) {
            if (method.name.equals(Member.CONSTRUCTOR)
                    && puts(method, owner.name, field)
                    && before != null
                    && Release.method(before, Member.of(method)) != null) {
                take(owner.name, Member.of(method), user);
            }
        }
    }

    private static boolean puts(MethodNode method, String owner, FieldNode field) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FieldInsnNode put
                    && (put.getOpcode() == Opcodes.PUTFIELD || put.getOpcode() == Opcodes.PUTSTATIC)
                    && put.owner.equals(owner)
                    && put.name.equals(field.name)) {
                return true;
            }
        }
        return false;
    }

    /** Interfaces that a class gains and that the same code names: it may use the one as the other. */
    private void interfaces(String name, Set<String> named, String user) {
        ClassNode before = base.find(name);
        ClassNode after = target.find(name);
        if (before == null || after == null || taken.isWhole(name) || base.same(target, name)) {
            return;
        }
        List<String> gained = new ArrayList<>(after.interfaces);
        gained.removeAll(before.interfaces);
        for (String type : gained) {
            List<ClassNode> above = target.above(type);
            if (above.stream().anyMatch(each -> named.contains(each.name) && !each.name.equals("java/lang/Object"))
                    && taken.addInterface(name, type, user)) {
                for (MethodNode method : after.methods) {
                    boolean added = Release.method(before, Member.of(method)) == null;
                    if (added && above.stream().anyMatch(each -> inherits(each, method))) {
                        take(name, Member.of(method), user);
                    }
                }
                uses(name, named(type), user);
            }
        }
    }

    private static boolean inherits(ClassNode type, MethodNode method) {
        @Nullable MethodNode above = Release.method(type, Member.of(method));
        return above != null && !method.name.startsWith("<");
    }

    private static References named(String type) {
        return new References(new TreeSet<>(List.of(type)), new TreeSet<>());
    }
}
