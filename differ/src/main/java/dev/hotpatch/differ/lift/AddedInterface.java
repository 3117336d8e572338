package dev.hotpatch.differ.lift;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** An added interface, where the patch may rewrite all code that uses it; see {@link GainedInterfaces}; else {@link Adapters}. */
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
                outside(delta.name(), name, plan);
                continue;
            }
            plan.gains(name, delta.name());
            plan.note(
                    delta.name(),
                    LiftReasons.lifted("interface", "", "code that uses " + name + " also knows the class"));
            if (world.added(name) == null) {
                Users.rewrite(plan, List.of(name));
            }
        }
    }

    private static void outside(String className, String name, LiftPlan plan) {
        String obstacle = new OutsideInterface(plan.world(), className, name).obstacle();
        if (obstacle != null) {
            plan.block(className, LiftReasons.interfaceOutside(name, obstacle));
            return;
        }
        plan.adapts(name, className);
        plan.note(
                className,
                LiftReasons.lifted(
                        "interface", "", "an adapter is handed over where code takes the object for a " + name));
        plan.note(
                className,
                LiftReasons.warning(
                        "interface-by-adapter",
                        "",
                        "code that the patch does not rewrite finds " + name
                                + " only where it is handed the object as one, and is handed another object there"));
    }
}
