package dev.hotpatch.differ.classes;

import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.ModuleNode;

/** A module's declaration as text, without the versions of what it was compiled with. */
public final class ModuleText {
    private ModuleText() {}

    /** Whether two class files declare the same module; not if one cannot be read. */
    public static boolean same(byte[] base, byte[] target) {
        try {
            return read(base).equals(read(target));
        } catch (RuntimeException e) {
            // The library declares no exception for class files that are broken or newer than it knows.
            return false;
        }
    }

    private static String read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return of(node);
    }

    private static String of(ClassNode node) {
        ModuleNode module = node.module;
        if (module == null) {
            return "";
        }
        TreeSet<String> lines = new TreeSet<>();
        if (module.requires != null) {
            module.requires.forEach(requires -> lines.add("requires " + requires.access + requires.module));
        }
        if (module.exports != null) {
            module.exports.forEach(exports -> lines.add("exports " + exports.packaze + exports.modules));
        }
        if (module.opens != null) {
            module.opens.forEach(opens -> lines.add("opens " + opens.packaze + opens.modules));
        }
        if (module.uses != null) {
            module.uses.forEach(uses -> lines.add("uses " + uses));
        }
        if (module.provides != null) {
            module.provides.forEach(provides -> lines.add("provides " + provides.service + provides.providers));
        }
        return module.name + module.access + lines;
    }
}
