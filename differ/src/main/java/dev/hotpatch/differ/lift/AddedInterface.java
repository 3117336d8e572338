package dev.hotpatch.differ.lift;

import java.util.List;
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
                Users.rewrite(plan, List.of(name));
            }
        }
    }
}
