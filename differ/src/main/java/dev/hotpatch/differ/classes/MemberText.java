package dev.hotpatch.differ.classes;

import java.util.TreeSet;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Classes and members as text: equal text, equal meaning. Order of members is left out, as are compilers' notes. */
public final class MemberText {
    /** The flags that a class file has; the library keeps notes of its own above them. */
    static final int FLAGS = 0xffff;

    private MemberText() {}

    /** Name and descriptor. */
    public static String id(MethodNode method) {
        return method.name + method.desc;
    }

    static String id(FieldNode field) {
        return field.name + ":" + field.desc;
    }

    /** A method with its code. */
    public static String of(MethodNode method, Names names) {
        StringBuilder text = new StringBuilder();
        text.append(method.access & FLAGS).append(' ').append(names.method("", method.name, method.desc));
        text.append(names.of(method.desc)).append(names.of(String.valueOf(method.signature)));
        text.append(new TreeSet<>(method.exceptions));
        text.append(AnnotationText.of(method.visibleAnnotations, names));
        text.append(AnnotationText.of(method.visibleTypeAnnotations, names));
        text.append(AnnotationText.ofParameters(method.visibleParameterAnnotations, names));
        AnnotationText.value(method.annotationDefault, text, names);
        return text.append('\n').append(CodeText.of(method, names)).toString();
    }

    /** A field with its constant. */
    public static String of(FieldNode field, Names names) {
        StringBuilder text = new StringBuilder();
        text.append(field.access & FLAGS).append(' ').append(field.name).append(' ');
        text.append(names.of(field.desc)).append(names.of(String.valueOf(field.signature)));
        text.append(AnnotationText.of(field.visibleAnnotations, names));
        text.append(AnnotationText.of(field.visibleTypeAnnotations, names));
        Constants.write(field.value, text, names);
        return text.toString();
    }

    /** What belongs to the class itself and is not compared by {@link SameShape}. */
    public static String ofHead(ClassNode node, Names names) {
        return names.of(String.valueOf(node.signature))
                + AnnotationText.of(node.visibleAnnotations, names)
                + AnnotationText.of(node.visibleTypeAnnotations, names);
    }
}
