package dev.hotpatch.differ.only;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes class files that are partly the base's and partly the target's. */
final class Merge {
    private static final int VISIBILITY = Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED | Opcodes.ACC_PUBLIC;

    /** First version whose classes must have stack maps: older code cannot stand in the same class file as newer. */
    private static final int STACK_MAPS = Opcodes.V1_7;

    private final Numbers numbers;

    Merge(Numbers numbers) {
        this.numbers = numbers;
    }

    /** Whether a member of the target can stand in the class of the base; otherwise only the whole class can be taken. */
    static boolean isPossible(ClassNode before, ClassNode after, Member member) {
        boolean classFiles = (before.version & 0xFFFF) >= STACK_MAPS || before.version == after.version;
        boolean records = !"java/lang/Record".equals(after.superName) || Release.access(before, member) >= 0;
        boolean initialises =
                member.name().equals(Member.INITIALISER) || member.name().equals(Member.CONSTRUCTOR);
        boolean isStatic = member.name().equals(Member.INITIALISER);
        // Code of the base that stays would find such a field without its value.
        boolean orphans = initialises
                && before.fields.stream()
                        .filter(field -> ((field.access & Opcodes.ACC_STATIC) != 0) == isStatic)
                        .anyMatch(field -> Release.field(after, Member.of(field)) == null);
        return classFiles && records && !orphans && Objects.equals(before.superName, after.superName);
    }

    /** How far a member is seen: private, package, protected, public. */
    static int rank(int access) {
        return switch (access & VISIBILITY) {
            case Opcodes.ACC_PRIVATE -> 0;
            case Opcodes.ACC_PROTECTED -> 2;
            case Opcodes.ACC_PUBLIC -> 3;
            default -> 1;
        };
    }

    /** The target's class file, with the numbers that it gets. */
    byte[] whole(byte[] target) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(target).accept(new ClassRemapper(writer, numbers), 0);
        return writer.toByteArray();
    }

    /** The base's class file with a part of the target's. */
    byte[] part(byte[] base, byte[] target, Part part) {
        ClassNode node = read(base);
        ClassNode original = read(target);
        Set<Member> shared = numbers.shared(node.name);
        ClassNode renamed = new ClassNode();
        original.accept(new ClassRemapper(renamed, numbers));

        List<MethodNode> staying = numbers.staying(node, part);
        node.methods.retainAll(staying);
        for (int i = 0; i < original.methods.size(); i++) {
            Member member = Member.of(original.methods.get(i));
            if (part.members().contains(member) && !shared.contains(member)) {
                MethodNode taken = renamed.methods.get(i);
                node.methods.removeIf(method -> Member.of(method).equals(Member.of(taken)));
                node.methods.add(taken);
            } else if (part.access().contains(member)) {
                int access = original.methods.get(i).access;
                node.methods.stream()
                        .filter(method -> Member.of(method).equals(member))
                        .forEach(method -> method.access = opened(method.access, access));
            }
        }
        for (int i = 0; i < original.fields.size(); i++) {
            FieldNode field = original.fields.get(i);
            Member member = Member.of(field);
            if (part.members().contains(member)) {
                node.fields.removeIf(each -> Member.of(each).equals(member));
                node.fields.add(renamed.fields.get(i));
            } else if (part.access().contains(member)) {
                node.fields.stream()
                        .filter(each -> Member.of(each).equals(member))
                        .forEach(each -> each.access = opened(each.access, field.access));
            }
        }
        node.interfaces = new ArrayList<>(node.interfaces);
        part.interfaces().stream()
                .filter(original.interfaces::contains)
                .filter(type -> !node.interfaces.contains(type))
                .forEach(node.interfaces::add);
        if ((original.version & 0xFFFF) > (node.version & 0xFFFF)) {
            node.version = original.version;
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** The wider of both, and final only if both are: code of the base that stays must go on to see it. */
    private static int opened(int then, int now) {
        int visibility = rank(now) > rank(then) ? now & VISIBILITY : then & VISIBILITY;
        return (then & ~(VISIBILITY | Opcodes.ACC_FINAL)) | visibility | (then & now & Opcodes.ACC_FINAL);
    }

    private static ClassNode read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
        return node;
    }
}
