package dev.hotpatch.differ.classes;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Whether members have the same {@link MemberText}, found without writing the texts. */
final class SameMember {
    private SameMember() {}

    static boolean heads(ClassNode base, ClassNode target) {
        return Objects.equals(base.signature, target.signature)
                && annotations(base.visibleAnnotations, target.visibleAnnotations)
                && annotations(base.visibleTypeAnnotations, target.visibleTypeAnnotations);
    }

    static boolean fields(FieldNode base, FieldNode target) {
        return flags(base.access) == flags(target.access)
                && base.name.equals(target.name)
                && base.desc.equals(target.desc)
                && Objects.equals(base.signature, target.signature)
                && annotations(base.visibleAnnotations, target.visibleAnnotations)
                && annotations(base.visibleTypeAnnotations, target.visibleTypeAnnotations)
                && Constants.same(base.value, target.value);
    }

    static boolean methods(MethodNode base, MethodNode target) {
        return flags(base.access) == flags(target.access)
                && base.name.equals(target.name)
                && base.desc.equals(target.desc)
                && Objects.equals(base.signature, target.signature)
                && (base.exceptions.equals(target.exceptions)
                        || new HashSet<>(base.exceptions).equals(new HashSet<>(target.exceptions)))
                && annotations(base.visibleAnnotations, target.visibleAnnotations)
                && annotations(base.visibleTypeAnnotations, target.visibleTypeAnnotations)
                && parameters(base, target)
                && defaults(base, target)
                && SameCode.of(base, target);
    }

    private static int flags(int access) {
        return access & MemberText.FLAGS;
    }

    private static boolean annotations(
            @Nullable List<? extends AnnotationNode> base, @Nullable List<? extends AnnotationNode> target) {
        return (base == null && target == null)
                || AnnotationText.of(base, Names.AS_WRITTEN).equals(AnnotationText.of(target, Names.AS_WRITTEN));
    }

    private static boolean parameters(MethodNode base, MethodNode target) {
        return (base.visibleParameterAnnotations == null && target.visibleParameterAnnotations == null)
                || AnnotationText.ofParameters(base.visibleParameterAnnotations, Names.AS_WRITTEN)
                        .equals(AnnotationText.ofParameters(target.visibleParameterAnnotations, Names.AS_WRITTEN));
    }

    private static boolean defaults(MethodNode base, MethodNode target) {
        if (base.annotationDefault == null && target.annotationDefault == null) {
            return true;
        }
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        AnnotationText.value(base.annotationDefault, before, Names.AS_WRITTEN);
        AnnotationText.value(target.annotationDefault, after, Names.AS_WRITTEN);
        return before.compareTo(after) == 0;
    }
}
