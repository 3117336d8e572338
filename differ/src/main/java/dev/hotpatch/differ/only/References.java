package dev.hotpatch.differ.only;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.MethodRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What code refers to.
 *
 * @param classes internal names
 * @param members with the class that the code names
 */
record References(SortedSet<String> classes, SortedSet<Use> members) {
    /** The use of a member. */
    record Use(String owner, Member member) implements Comparable<Use> {
        @Override
        public int compareTo(Use other) {
            int owners = owner.compareTo(other.owner);
            return owners != 0 ? owners : member.compareTo(other.member);
        }
    }

    /** Of a method: its code, its signature, its annotations. */
    static References of(MethodNode method) {
        Collector collector = new Collector();
        collector.mapMethodDesc(method.desc);
        method.exceptions.forEach(collector::map);
        MethodNode sink = new MethodNode(method.access, method.name, method.desc, null, null);
        method.accept(new MethodRemapper(sink, collector));
        return collector.found;
    }

    /** Of a class with all its members, but for lists of its inner classes and of its nest. */
    static References of(ClassNode node) {
        Collector collector = new Collector();
        ClassNode bare = new ClassNode();
        node.accept(bare);
        bare.innerClasses = new ArrayList<>();
        bare.nestMembers = null;
        bare.nestHostClass = null;
        bare.permittedSubclasses = null;
        bare.outerClass = null;
        bare.accept(new ClassRemapper(new ClassNode(), collector));
        return collector.found;
    }

    static References of(List<MethodNode> methods) {
        Collector collector = new Collector();
        for (MethodNode method : methods) {
            References one = of(method);
            collector.found.classes.addAll(one.classes);
            collector.found.members.addAll(one.members);
        }
        return collector.found;
    }

    /** Changes nothing; remembers what it is asked for. */
    private static final class Collector extends Remapper {
        private final References found = new References(new TreeSet<>(), new TreeSet<>());

        Collector() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String internalName) {
            String element = internalName;
            if (internalName.startsWith("[")) {
                Type type = Type.getType(internalName).getElementType();
                element = type.getSort() == Type.OBJECT ? type.getInternalName() : "";
            }
            if (!element.isEmpty()) {
                found.classes.add(element);
            }
            return internalName;
        }

        @Override
        public String mapMethodName(String owner, String name, String descriptor) {
            found.members.add(new Use(owner, new Member(name, descriptor)));
            return name;
        }

        @Override
        public String mapFieldName(String owner, String name, String descriptor) {
            found.members.add(new Use(owner, new Member(name, descriptor)));
            return name;
        }
    }
}
