package dev.hotpatch.differ.lift;

import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the lifts have decided, for all classes: filled by them, then only read while code is written. For one thread. */
final class LiftPlan {
    private final World world;
    private final String tag;
    private final Map<String, Map<MemberId, LiftedMethod>> methods = new HashMap<>();
    private final Map<String, Map<MemberId, LiftedField>> fields = new HashMap<>();
    private final Map<String, SortedMap<String, LiftedConstructor>> constructors = new HashMap<>();
    private final Map<String, SortedMap<MemberId, SortedSet<String>>> overridden = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();
    private final SortedMap<String, SortedSet<String>> gained = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> adapted = new TreeMap<>();
    private final Map<String, SortedMap<MemberId, String>> gainedCalls = new HashMap<>();
    private final Map<String, SortedMap<MemberId, String>> defaults = new HashMap<>();
    private final SortedSet<String> rewritten = new TreeSet<>();
    private final SortedMap<String, List<Reason>> blocked = new TreeMap<>();
    private final SortedMap<String, List<Reason>> notes = new TreeMap<>();
    private final Map<String, String> bridges = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * @param tag of the patch, part of every companion's name
     */
    LiftPlan(World world, String tag) {
        this.world = world;
        this.tag = tag;
    }

    World world() {
        return world;
    }

    /** The class that holds lifted methods of a class. */
    String companion(String owner) {
        return owner + "$$hp" + tag;
    }

    String accessCompanion(String owner) {
        return owner + "$$hp" + tag + "a";
    }

    /** The class in which added static fields of a class lie. */
    String staticsCompanion(String owner) {
        return owner + "$$hp" + tag + "s";
    }

    String tag() {
        return tag;
    }

    /** A name for a static method of a companion that nothing there has yet. */
    String name(String companion, String wanted, String desc) {
        String name = wanted;
        for (int i = 2; !taken.add(companion + '.' + name + desc); i++) {
            name = wanted + "$" + i;
        }
        return name;
    }

    /** True the first time that it is asked for the text. */
    boolean once(String text) {
        return taken.add(text);
    }

    /** Names of methods that make a call for code of other packages, by what they call. */
    Map<String, String> bridges() {
        return bridges;
    }

    void method(LiftedMethod method) {
        methods.computeIfAbsent(method.owner(), any -> new HashMap<>()).put(method.member(), method);
    }

    @Nullable
    LiftedMethod method(String owner, MemberId member) {
        return methods.getOrDefault(owner, Map.of()).get(member);
    }

    /** The lifted methods of a class, sorted. */
    Collection<LiftedMethod> methods(String owner) {
        return new TreeMap<>(methods.getOrDefault(owner, Map.of())).values();
    }

    void field(LiftedField field) {
        fields.computeIfAbsent(field.owner(), any -> new HashMap<>()).put(field.member(), field);
    }

    /** The companions of added instance fields. */
    SortedSet<String> sideTables() {
        SortedSet<String> names = new TreeSet<>();
        fields.values()
                .forEach(ofOwner -> ofOwner.values().stream()
                        .filter(field -> !field.member().isStatic())
                        .forEach(field -> names.add(field.companion())));
        return names;
    }

    @Nullable
    LiftedField field(String owner, MemberId member) {
        return fields.getOrDefault(owner, Map.of()).get(member);
    }

    void constructor(LiftedConstructor constructor) {
        constructors
                .computeIfAbsent(constructor.owner(), any -> new TreeMap<>())
                .put(constructor.desc(), constructor);
    }

    @Nullable
    LiftedConstructor constructor(String owner, String desc) {
        return constructors(owner).get(desc);
    }

    SortedMap<String, LiftedConstructor> constructors(String owner) {
        return constructors.getOrDefault(owner, new TreeMap<>());
    }

    /** The method of {@code host} must ask first whether the object belongs to {@code overrider}, which has got the method. */
    void override(String host, MemberId member, String overrider) {
        SortedMap<MemberId, SortedSet<String>> ofHost = overridden.computeIfAbsent(host, any -> new TreeMap<>());
        if (!ofHost.containsKey(member)) {
            String desc = LiftedMethod.withReceiver(host, member.desc());
            originals.put(host + '.' + member.text(), name(companion(host), member.name() + "$original", desc));
        }
        ofHost.computeIfAbsent(member, any -> new TreeSet<>()).add(overrider);
        rewrite(host);
    }

    /** Name of the companion's copy of an overridden method, without the question for the overriding ones. */
    String original(String host, MemberId member) {
        String name = originals.get(host + '.' + member.text());
        if (name == null) {
            throw new IllegalStateException(host + "." + member.text() + " is not overridden");
        }
        return name;
    }

    SortedMap<MemberId, SortedSet<String>> overridden(String host) {
        return overridden.getOrDefault(host, new TreeMap<>());
    }

    boolean isOverridden(String host, MemberId member) {
        return overridden(host).containsKey(member);
    }

    /** A class has got an interface that its shape cannot show. */
    void gains(String interfaceName, String className) {
        gained.computeIfAbsent(interfaceName, any -> new TreeSet<>()).add(className);
    }

    /** Classes that have got the interface; empty for most. */
    SortedSet<String> gained(String interfaceName) {
        return gained.getOrDefault(interfaceName, new TreeSet<>());
    }

    /** A class has got an interface of code that the patch does not rewrite, and stands for it through an adapter. */
    void adapts(String interfaceName, String className) {
        adapted.computeIfAbsent(interfaceName, any -> new TreeSet<>()).add(className);
    }

    SortedSet<String> adapted(String interfaceName) {
        return adapted.getOrDefault(interfaceName, new TreeSet<>());
    }

    Set<String> adaptedInterfaces() {
        return Collections.unmodifiableSet(adapted.keySet());
    }

    /** Name of the companion's method that makes a call of the interface; asking for it makes it needed. */
    String gainedCall(String interfaceName, MemberId member) {
        return gainedCalls
                .computeIfAbsent(interfaceName, any -> new TreeMap<>())
                .computeIfAbsent(
                        member,
                        any -> name(
                                companion(interfaceName),
                                member.name() + "$call",
                                LiftedMethod.withReceiver(interfaceName, member.desc())));
    }

    SortedMap<MemberId, String> gainedCalls(String interfaceName) {
        return gainedCalls.getOrDefault(interfaceName, new TreeMap<>());
    }

    /** Name of the companion's copy of a default method; asking for it makes it needed. */
    String defaultCopy(String interfaceName, MemberId member) {
        return defaults.computeIfAbsent(interfaceName, any -> new TreeMap<>())
                .computeIfAbsent(
                        member,
                        any -> name(
                                companion(interfaceName),
                                member.name() + "$default",
                                LiftedMethod.withReceiver(interfaceName, member.desc())));
    }

    SortedMap<MemberId, String> defaultCopies(String interfaceName) {
        return defaults.getOrDefault(interfaceName, new TreeMap<>());
    }

    SortedSet<String> interfacesWithDefaultCopies() {
        return new TreeSet<>(defaults.keySet());
    }

    SortedSet<String> gainedInterfaces() {
        return new TreeSet<>(gained.keySet());
    }

    /** The class gets new code although it is the same on both sides. */
    void rewrite(String className) {
        rewritten.add(className);
    }

    SortedSet<String> rewritten() {
        return rewritten;
    }

    void block(String className, Reason reason) {
        List<Reason> reasons = blocked.computeIfAbsent(className, any -> new ArrayList<>());
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    SortedMap<String, List<Reason>> blocked() {
        return blocked;
    }

    /** How something goes live, or what to know about it. */
    void note(String className, Reason reason) {
        List<Reason> reasons = notes.computeIfAbsent(className, any -> new ArrayList<>());
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    List<Reason> notes(String className) {
        return notes.getOrDefault(className, List.of());
    }
}
