package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.classes.ClassReferences;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which classes of the base name which others. */
final class Users {
    private final Map<String, List<String>> byUsed = new HashMap<>();

    private Users() {}

    /**
     * Reads all classes of the base.
     *
     * @param wanted the classes whose users may be asked for
     */
    static Users of(Side base, Predicate<String> wanted) {
        Users users = new Users();
        for (String user : base.names()) {
            byte[] bytes = base.find(user);
            for (String used : bytes == null ? List.<String>of() : ClassReferences.of(bytes)) {
                if (wanted.test(used)) {
                    users.byUsed.computeIfAbsent(used, any -> new ArrayList<>()).add(user);
                }
            }
        }
        return users;
    }

    List<String> of(String used) {
        return byUsed.getOrDefault(used, List.of());
    }

    /** Has all code rewritten that names one of the classes and is the same on both sides. */
    static void rewrite(LiftPlan plan, Collection<String> names) {
        for (String name : names) {
            plan.world().usersOf(name).stream()
                    .filter(user -> plan.world().changed(user) == null)
                    .forEach(plan::rewrite);
        }
    }
}
