package dev.hotpatch.differ.classes;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;

/**
 * Whether two classes have the same shape: all that a loaded class cannot change (JVM Tool Interface, RedefineClasses). The order of its
 * parts is not compared, as what goes into a JVM gets the old one.
 */
final class SameShape {
    private SameShape() {}

    static boolean of(ClassNode base, ClassNode target) {
        return flags(base.access) == flags(target.access)
                && Objects.equals(base.superName, target.superName)
                && Objects.equals(base.nestHostClass, target.nestHostClass)
                && (base.permittedSubclasses == null) == (target.permittedSubclasses == null)
                && same(base.interfaces, target.interfaces, name -> name)
                && same(base.nestMembers, target.nestMembers, name -> name)
                && same(base.permittedSubclasses, target.permittedSubclasses, name -> name)
                && components(base).equals(components(target))
                && same(base.fields, target.fields, field -> flags(field.access) + " " + MemberText.id(field))
                && same(base.methods, target.methods, method -> flags(method.access) + " " + MemberText.id(method));
    }

    private static int flags(int access) {
        return access & MemberText.FLAGS;
    }

    private static <T> boolean same(@Nullable List<T> base, @Nullable List<T> target, Function<T, String> text) {
        return texts(base, text).equals(texts(target, text));
    }

    private static <T> Set<String> texts(@Nullable List<T> parts, Function<T, String> text) {
        return parts == null ? Set.of() : parts.stream().map(text).collect(Collectors.toSet());
    }

    private static List<String> components(ClassNode node) {
        return node.recordComponents == null
                ? List.of()
                : node.recordComponents.stream()
                        .map(component -> component.name + ":" + component.descriptor)
                        .toList();
    }
}
