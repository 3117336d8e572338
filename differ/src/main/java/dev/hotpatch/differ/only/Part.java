package dev.hotpatch.differ.only;

import java.util.SortedSet;
import java.util.TreeSet;

/** What of a class that both sides have is taken from the target, when it is not the whole class. Grows while needs are found. */
record Part(SortedSet<Member> members, SortedSet<Member> access, SortedSet<String> interfaces) {
    Part() {
        this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }
}
