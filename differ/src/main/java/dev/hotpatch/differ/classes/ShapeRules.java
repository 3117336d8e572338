package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

/**
 * What a loaded class cannot change (JVM Tool Interface, RedefineClasses; HotSpot checks all of this). Differences in mere order are none
 * here, since {@link ShapeOrder} undoes them.
 */
final class ShapeRules {
    private final List<Reason> reasons = new ArrayList<>();

    private ShapeRules() {}

    /** One reason for each change that HotSpot refuses; empty if the shapes are the same. */
    static List<Reason> violations(ClassNode base, ClassNode target) {
        ShapeRules rules = new ShapeRules();
        rules.head(base, target);
        rules.fields(base.fields, target.fields);
        rules.methods(base.methods, target.methods);
        return List.copyOf(rules.reasons);
    }

    private void head(ClassNode base, ClassNode target) {
        modifiers("", base.access, target.access);
        if (!Objects.equals(base.superName, target.superName)) {
            reasons.add(
                    Reasons.hierarchy("the super class changes from " + base.superName + " to " + target.superName));
        }
        compare(base.interfaces, target.interfaces)
                .forEach(change -> reasons.add(Reasons.hierarchy("the interface " + change)));
        if (!Objects.equals(base.nestHostClass, target.nestHostClass)) {
            reasons.add(Reasons.nestChanged(
                    "the nest's host changes from " + base.nestHostClass + " to " + target.nestHostClass));
        }
        compare(base.nestMembers, target.nestMembers)
                .forEach(change -> reasons.add(Reasons.nestChanged("the nest member " + change)));
        boolean sealed = base.permittedSubclasses != null;
        if (sealed != (target.permittedSubclasses != null)) {
            reasons.add(Reasons.sealedChanged("the class is sealed " + (sealed ? "no more" : "now")));
        } else {
            compare(base.permittedSubclasses, target.permittedSubclasses)
                    .forEach(change -> reasons.add(Reasons.sealedChanged("the permitted subclass " + change)));
        }
        if (!components(base).equals(components(target))) {
            reasons.add(Reasons.recordChanged(
                    "the components change from " + components(base) + " to " + components(target)));
        }
    }

    private static List<String> components(ClassNode node) {
        List<String> components = new ArrayList<>();
        if (node.recordComponents != null) {
            for (RecordComponentNode component : node.recordComponents) {
                components.add(component.name + ":" + component.descriptor);
            }
        }
        return components;
    }

    private static List<String> compare(@Nullable List<String> base, @Nullable List<String> target) {
        Set<String> before = base == null ? Set.of() : new TreeSet<>(base);
        Set<String> after = target == null ? Set.of() : new TreeSet<>(target);
        List<String> changes = new ArrayList<>();
        after.stream().filter(name -> !before.contains(name)).forEach(name -> changes.add(name + " is added"));
        before.stream().filter(name -> !after.contains(name)).forEach(name -> changes.add(name + " is removed"));
        return changes;
    }

    private void modifiers(String member, int base, int target) {
        int before = base & MemberText.FLAGS;
        int after = target & MemberText.FLAGS;
        if (before != after) {
            reasons.add(Reasons.modifiersChanged(member, before, after));
        }
    }

    private void fields(List<FieldNode> base, List<FieldNode> target) {
        Map<String, FieldNode> before = new LinkedHashMap<>();
        Map<String, String> typesBefore = new LinkedHashMap<>();
        base.forEach(field -> before.put(MemberText.id(field), field));
        Set<String> namesAfter = new HashSet<>();
        Set<String> idsAfter = new HashSet<>();
        target.forEach(field -> namesAfter.add(field.name));
        target.forEach(field -> idsAfter.add(MemberText.id(field)));
        base.stream()
                .filter(field -> !idsAfter.contains(MemberText.id(field)))
                .forEach(field -> typesBefore.put(field.name, field.desc));
        for (FieldNode field : target) {
            String id = MemberText.id(field);
            FieldNode old = before.get(id);
            if (old != null) {
                modifiers(id, old.access, field.access);
            } else {
                String type = typesBefore.get(field.name);
                reasons.add(type == null ? Reasons.fieldAdded(id) : Reasons.fieldChanged(id, type));
            }
        }
        typesBefore.forEach((name, type) -> {
            if (!namesAfter.contains(name)) {
                reasons.add(Reasons.fieldRemoved(name + ":" + type));
            }
        });
    }

    private void methods(List<MethodNode> base, List<MethodNode> target) {
        Map<String, MethodNode> before = new LinkedHashMap<>();
        base.forEach(method -> before.put(MemberText.id(method), method));
        for (MethodNode method : target) {
            MethodNode old = before.remove(MemberText.id(method));
            if (old == null) {
                reasons.add(Reasons.methodAdded(MemberText.id(method)));
            } else {
                modifiers(MemberText.id(method), old.access, method.access);
            }
        }
        before.keySet().forEach(id -> reasons.add(Reasons.methodRemoved(id)));
    }
}
