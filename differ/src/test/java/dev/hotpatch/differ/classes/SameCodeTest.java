package dev.hotpatch.differ.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

class SameCodeTest {
    private static final List<Class<?>> CLASSES =
            List.of(CodeText.class, SameCode.class, Constants.class, AnnotationText.class, ClassComparison.class);

    @Test
    void findsEqualWhatHasEqualText() throws IOException {
        int equal = 0;
        for (Class<?> type : CLASSES) {
            List<MethodNode> plain = read(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES).methods;
            List<MethodNode> again = read(type, ClassReader.SKIP_DEBUG).methods;
            for (MethodNode one : plain) {
                for (MethodNode other : again) {
                    boolean same = CodeText.of(one, Names.AS_WRITTEN).equals(CodeText.of(other, Names.AS_WRITTEN));
                    assertEquals(same, SameCode.of(one, other), type + " " + one.name + " " + other.name);
                    equal += same ? 1 : 0;
                }
            }
        }
        assertTrue(equal > 20, "compared something");
    }

    private static ClassNode read(Class<?> type, int flags) throws IOException {
        ClassNode node = new ClassNode();
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            new ClassReader(in).accept(node, flags);
        }
        return node;
    }
}
