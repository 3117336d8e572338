package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.classes.ClassReferences;
import java.util.SortedSet;
import java.util.TreeSet;

/** An added interface, where the patch may rewrite all code that uses it; see {@link GainedInterfaces}. */
final class AddedInterface implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        World world = plan.world();
        SortedSet<String> added = new TreeSet<>();
        world.after().superTypes(delta.name()).forEach(shape -> added.addAll(shape.interfaces()));
        world.before().superTypes(delta.name()).forEach(shape -> added.removeAll(shape.interfaces()));
        if (delta.target().interfaces().equals(delta.base().interfaces())) {
            return;
        }
        for (String name : added) {
            if (!world.owns(name)) {
                plan.block(
                        delta.name(),
                        LiftReasons.interfaceOutside(name, "code that the patch does not rewrite asks for that"));
                continue;
            }
            plan.gains(name, delta.name());
            plan.note(
                    delta.name(),
                    LiftReasons.lifted("interface", "", "code that uses " + name + " also knows the class"));
            if (!world.added().containsKey(name)) {
                users(plan, name);
            }
        }
    }

    private static void users(LiftPlan plan, String name) {
        World world = plan.world();
        for (String user : world.baseNames()) {
            byte[] bytes = world.changed().containsKey(user) ? null : world.baseBytes(user);
            if (bytes != null && ClassReferences.of(bytes).contains(name)) {
                plan.rewrite(user);
            }
        }
    }
}
