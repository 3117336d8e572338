package dev.hotpatch.differ.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.TypeAnnotationNode;

/** Annotations as text in which only what a program can see at run time counts. */
final class AnnotationText {
    private static final Pattern GENERATED = Pattern.compile("Lj(avax|akarta)/annotation/(processing/)?Generated;");
    private static final String KOTLIN = "Lkotlin/Metadata;";

    /** The metadata format's version and the compiler's flags. */
    private static final Set<String> KOTLIN_NOISE = Set.of("mv", "bv", "xi");

    private static final Set<String> GENERATED_NOISE = Set.of("date", "comments");

    private AnnotationText() {}

    static String of(@Nullable List<? extends AnnotationNode> annotations, Names names) {
        if (annotations == null) {
            return "[]";
        }
        List<String> texts = new ArrayList<>();
        for (AnnotationNode annotation : annotations) {
            texts.add(one(annotation, names));
        }
        texts.sort(null);
        return texts.toString();
    }

    static String ofParameters(@Nullable List<AnnotationNode> @Nullable [] parameters, Names names) {
        StringBuilder text = new StringBuilder();
        if (parameters != null) {
            for (List<AnnotationNode> parameter : parameters) {
                text.append(of(parameter, names)).append(';');
            }
        }
        return text.toString();
    }

    private static String one(AnnotationNode annotation, Names names) {
        StringBuilder text = new StringBuilder(names.of(annotation.desc));
        if (annotation instanceof TypeAnnotationNode type) {
            text.append('@').append(type.typeRef).append(type.typePath);
        }
        text.append('(');
        for (int i = 0; annotation.values != null && i < annotation.values.size(); i += 2) {
            String name = (String) annotation.values.get(i);
            if (!isNoise(annotation.desc, name)) {
                text.append(name).append('=');
                value(annotation.values.get(i + 1), text, names);
                text.append(',');
            }
        }
        return text.append(')').toString();
    }

    private static boolean isNoise(String desc, String name) {
        return desc.equals(KOTLIN)
                ? KOTLIN_NOISE.contains(name)
                : GENERATED_NOISE.contains(name) && GENERATED.matcher(desc).matches();
    }

    static void value(@Nullable Object value, StringBuilder text, Names names) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof AnnotationNode annotation) {
            text.append(one(annotation, names));
        } else if (value instanceof String[] constant) {
            text.append(names.of(constant[0])).append('.').append(constant[1]);
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (Object element : list) {
                value(element, text, names);
                text.append(',');
            }
            text.append(']');
        } else if (value instanceof Type type) {
            text.append(names.of(type.getDescriptor()));
        } else if (value.getClass().isArray()) {
            int length = java.lang.reflect.Array.getLength(value);
            for (int i = 0; i < length; i++) {
                Constants.write(java.lang.reflect.Array.get(value, i), text, names);
            }
        } else {
            Constants.write(value, text, names);
        }
    }
}
