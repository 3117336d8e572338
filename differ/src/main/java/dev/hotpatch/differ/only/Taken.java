package dev.hotpatch.differ.only;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is taken from the target so far, and why. For one thread. */
final class Taken {
    private final SortedSet<String> whole = new TreeSet<>();
    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> reasons = new TreeMap<>();

    /** Classes that are taken whole. */
    SortedSet<String> whole() {
        return new TreeSet<>(whole);
    }

    /** Classes of which members are taken. */
    SortedMap<String, Part> parts() {
        return Collections.unmodifiableSortedMap(parts);
    }

    /** By class and member (empty for the whole class): what needs it. */
    SortedMap<String, SortedMap<String, String>> reasons() {
        return reasons;
    }

    boolean isWhole(String name) {
        return whole.contains(name);
    }

    /** Whether anything of the class is taken. */
    boolean has(String name) {
        return whole.contains(name) || parts.containsKey(name);
    }

    /**
     * Takes a class.
     *
     * @param user what needs it, or empty
     * @return false if it was taken before
     */
    boolean addWhole(String name, String user) {
        parts.remove(name);
        return whole.add(name) && because(name, "", user);
    }

    /** Takes a member of a class that is not taken whole. */
    boolean addMember(String name, Member member, String user) {
        return part(name).members().add(member) && because(name, member.text(), user);
    }

    /** Opens a member of the base as far as the target has it open. */
    void addAccess(String name, Member member, String user) {
        if (part(name).access().add(member)) {
            because(name, member.text(), user);
        }
    }

    /** Has a class implement an interface. */
    boolean addInterface(String name, String type, String user) {
        return part(name).interfaces().add(type) && because(name, "implements " + type.replace('/', '.'), user);
    }

    private Part part(String name) {
        return parts.computeIfAbsent(name, any -> new Part());
    }

    /** Always true. */
    private boolean because(String name, String member, String user) {
        if (!user.isEmpty()) {
            reasons.computeIfAbsent(name, any -> new TreeMap<>()).putIfAbsent(member, user);
        }
        return true;
    }
}
