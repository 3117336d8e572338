package dev.hotpatch.differ.align;

import dev.hotpatch.differ.align.Entity.Body;
import dev.hotpatch.differ.classes.MemberText;
import dev.hotpatch.differ.classes.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of one outermost class as one side has them. */
final class Side {
    /** How the field of an entity begins if there is only one for all time. */
    static final String STATIC = "static ";

    private static final int MEANING = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    /** In natural order of their names. */
    final Map<String, ClassUnit> classes = new LinkedHashMap<>();

    /** Numbered methods by class, name and descriptor. */
    private final Map<String, Entity> methods = new HashMap<>();

    private final String outermost;
    private final Texts texts;

    private Side(String outermost, Texts texts) {
        this.outermost = outermost;
        this.texts = texts;
    }

    /** Reads the classes, but those that cannot be read, which keep their names; does not yet look into methods. */
    static Side read(String outermost, SortedMap<String, byte[]> files, Texts texts) {
        Side side = new Side(outermost, texts);
        TreeMap<String, ClassUnit> byName = new TreeMap<>();
        files.forEach((name, file) -> {
            ClassNode node = new ClassNode();
            try {
                new ClassReader(file).accept(node, MEANING);
                for (MethodNode method : node.methods) {
                    Type.getArgumentTypes(method.desc);
                    Type.getReturnType(method.desc);
                }
            } catch (RuntimeException e) {
                // The library declares no exception for class files that are broken or newer than it knows.
                return;
            }
            ClassUnit parent = null;
            for (int cut = name.lastIndexOf('$'); cut > 0 && parent == null; cut = name.lastIndexOf('$', cut - 1)) {
                parent = byName.get(name.substring(0, cut));
            }
            byName.put(name, new ClassUnit(node, parent));
        });
        byName.keySet().stream()
                .sorted(NumberedNames.NATURAL)
                .forEach(name -> side.classes.put(name, byName.get(name)));
        for (ClassUnit unit : byName.values()) {
            for (MethodNode method : unit.node.methods) {
                Entity.Kind kind = NumberedNames.isAccessor(method)
                        ? Entity.Kind.ACCESSOR
                        : NumberedNames.isLambda(method) ? Entity.Kind.LAMBDA : null;
                if (kind != null) {
                    side.methods.put(unit.node.name + '.' + MemberText.id(method), new Entity(kind, unit, method));
                }
            }
        }
        byName.values().forEach(side::fields);
        return side;
    }

    /** Looks where initialisers put what they make; constants of enums are made so, too. */
    private void fields(ClassUnit unit) {
        Map<String, Entity> makers = new HashMap<>();
        for (MethodNode method : unit.node.methods) {
            if (!method.name.startsWith("<")) {
                continue;
            }
            for (AbstractInsnNode node : method.instructions) {
                Entity made = made(node);
                AbstractInsnNode next = node.getNext();
                while (next != null && next.getOpcode() < 0) {
                    next = next.getNext();
                }
                // Kotlin's classes of lambdas keep themselves, all in fields of the same name: that tells nothing.
                if (made != null
                        && made != unit.entity
                        && next instanceof FieldInsnNode field
                        && field.owner.equals(unit.node.name)) {
                    made.field = (field.getOpcode() == Opcodes.PUTSTATIC ? STATIC : "field ") + field.name;
                    Entity other = makers.put(made.field, made);
                    if (other != null && other != made) {
                        made.field = "";
                        other.field = "";
                    }
                }
            }
        }
    }

    private @Nullable Entity made(AbstractInsnNode node) {
        if (node.getOpcode() == Opcodes.INVOKESPECIAL
                && node instanceof MethodInsnNode call
                && call.name.equals("<init>")) {
            return classEntity(call.owner);
        }
        if (node instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                Entity lambda = argument instanceof Handle handle
                        ? methodEntity(handle.getOwner(), handle.getName(), handle.getDesc())
                        : null;
                if (lambda != null) {
                    return lambda;
                }
            }
        }
        return null;
    }

    /** True if there is anything here that the compiler numbered. */
    boolean isNumbered() {
        return !methods.isEmpty() || classes.values().stream().anyMatch(unit -> unit.entity != null);
    }

    /** Writes the texts of everything numbered. */
    void write() {
        for (ClassUnit unit : classes.values()) {
            for (MethodNode method : unit.node.methods) {
                Entity entity = Entity.find(methods, unit.node.name, method.name, method.desc);
                if (entity == null && unit.entity == null) {
                    continue;
                }
                Holes holes = new Holes(unit);
                Body body = holes.body(MemberText.of(method, holes));
                if (entity != null) {
                    unit.methods.put(entity, body);
                }
                unit.members.add(body);
                if ((method.access & Opcodes.ACC_BRIDGE) == 0) {
                    unit.written.add(body);
                }
            }
            if (unit.entity != null) {
                for (FieldNode field : unit.node.fields) {
                    Holes holes = new Holes(unit);
                    unit.members.add(holes.body(MemberText.of(field, holes)));
                }
                Holes holes = new Holes(unit);
                StringBuilder head = new StringBuilder("head ").append(unit.entity.kind);
                head.append(holes.of(String.valueOf(unit.node.superName)));
                unit.node.interfaces.forEach(name -> head.append(',').append(holes.of(name)));
                unit.members.add(holes.body(
                        head.append(MemberText.ofHead(unit.node, holes)).toString()));
            }
        }
    }

    /** The numbered class of that name. */
    @Nullable
    Entity classEntity(String name) {
        ClassUnit unit = classes.get(name);
        return unit == null ? null : unit.entity;
    }

    /** The numbered method. */
    @Nullable
    Entity methodEntity(String owner, String name, String desc) {
        return Entity.find(methods, owner, name, desc);
    }

    /** Numbered classes, in natural order. */
    List<Entity> numberedClasses() {
        List<Entity> entities = new ArrayList<>();
        for (ClassUnit unit : classes.values()) {
            if (unit.entity != null) {
                entities.add(unit.entity);
            }
        }
        return entities;
    }

    /** Leaves holes in a text where it names what is numbered, and notes what belongs there. */
    private final class Holes implements Names {
        private static final String ANY = "\u0001";
        private static final String SELF = "\u0002";
        private static final String METHOD = "\u0003";
        private final ClassUnit self;
        private final List<Entity> holes = new ArrayList<>();

        Holes(ClassUnit self) {
            this.self = self;
        }

        Body body(String text) {
            return new Body(texts.number(text), List.copyOf(holes));
        }

        @Override
        public String method(String owner, String name, String desc) {
            String declaring = owner.isEmpty() ? self.node.name : owner;
            Entity method = declaring.startsWith(outermost) ? methodEntity(declaring, name, desc) : null;
            if (method == null) {
                return name;
            }
            if (owner.isEmpty()) {
                return METHOD + method.kind;
            }
            holes.add(method);
            return METHOD;
        }

        @Override
        public String of(String text) {
            int found = text.indexOf('$');
            found = found < 0 ? -1 : text.indexOf(outermost);
            if (found < 0) {
                return text;
            }
            StringBuilder result = new StringBuilder();
            int done = 0;
            while (found >= 0) {
                int end = found + outermost.length();
                while (end < text.length() && ";<>:)(.[".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                Entity entity = classEntity(text.substring(found, end));
                if (entity != null) {
                    result.append(text, done, found);
                    if (entity == self.entity) {
                        result.append(SELF);
                    } else {
                        result.append(ANY);
                        holes.add(entity);
                    }
                    done = end;
                }
                found = text.indexOf(outermost, end);
            }
            return result.append(text, done, text.length()).toString();
        }
    }
}
