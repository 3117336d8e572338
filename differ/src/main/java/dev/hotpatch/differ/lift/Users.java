package dev.hotpatch.differ.lift;

import java.util.Collection;

/** Classes that are the same on both sides and name one that is to be used in another way. */
final class Users {
    private Users() {}

    /** Has all code rewritten that names one of the classes. */
    static void rewrite(LiftPlan plan, Collection<String> names) {
        for (String name : names) {
            plan.world().usersOf(name).stream()
                    .filter(user -> !plan.world().changed().containsKey(user))
                    .forEach(plan::rewrite);
        }
    }
}
