package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.Alignment;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Compiles the difference of two sets of classes into what HotSpot accepts: for each changed class a class file with the base's shape
 * and the target's behaviour, and companions for what the shape has no room for. The same sides always give the same bytes.
 */
public final class LiveCompiler {
    /** Each kind of change; the order is that of the reasons in a plan. */
    private static final List<Lift> LIFTS = List.of(
            new KeptShape(),
            new ChangedModifiers(),
            new OpenedClass(),
            new AddedInterface(),
            new AddedField(),
            new EnumConstants(),
            new RemovedMember(),
            new AddedConstructor(),
            new AddedMethod(),
            new FoundByReflection());

    private static final int ROUNDS = 4;

    private final World world;
    private final LiftPlan plan;
    private final Accessors accessors;
    private final Sites sites;
    private final Companions companions = new Companions();
    private final SortedMap<String, Compilation.Redefined> redefined = new TreeMap<>();
    private final SortedMap<String, Compilation.Defined> defined = new TreeMap<>();

    private LiveCompiler(World world, String tag) {
        this.world = world;
        this.plan = new LiftPlan(world, tag);
        this.accessors = new Accessors(plan);
        this.sites = new Sites(plan, accessors, companions);
    }

    /**
     * Compiles.
     *
     * @param libraries other classes of the image, which the patch does not rewrite
     * @param parallel compares classes
     */
    public static Compilation compile(Side base, Side target, Side libraries, Parallel parallel) {
        return compile(base, target, libraries, parallel, tag(base, target), new Known());
    }

    /**
     * The same with names of companions that are given.
     *
     * @param tag what {@link #tag} makes of these sides, or of larger ones
     * @param known of other forms of these sides, with the same tag
     */
    public static Compilation compile(
            Side base, Side target, Side libraries, Parallel parallel, String tag, Known known) {
        Alignment alignment = Alignment.of(base, target, tag, parallel, known.groups());
        LiveCompiler compiler = new LiveCompiler(World.of(base, target, alignment, libraries, parallel, known), tag);
        return compiler.compile(alignment);
    }

    /** A part of the names of companions: with the same differences the same, with others another. */
    public static String tag(Side base, Side target) {
        List<String> parts = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(base.names());
        names.addAll(target.names());
        for (String name : names) {
            String before = String.valueOf(base.digest(name));
            String now = String.valueOf(target.digest(name));
            if (!before.equals(now)) {
                parts.add(name);
                parts.add(before);
                parts.add(now);
            }
        }
        return Tags.of(parts.toArray(new String[0]));
    }

    private Compilation compile(Alignment alignment) {
        List<Delta> deltas = world.changed().values().stream()
                .map(changed -> Delta.of(changed.base(), changed.target()))
                .toList();
        for (Lift lift : LIFTS) {
            deltas.forEach(delta -> attempt(delta.name(), () -> lift.plan(delta, plan)));
        }
        FinalOverrides.plan(plan);
        PrivateSuper.plan(plan);
        world.changed().forEach((name, changed) -> attempt(name, () -> redefine(name, changed)));
        SortedSet<String> others = new TreeSet<>(plan.rewritten());
        others.removeAll(world.changed().keySet());
        others.removeAll(world.added().keySet());
        others.forEach(name -> attempt(name, () -> rewrite(name)));
        world.added()
                .forEach((name, added) -> attempt(
                        name,
                        () -> defined.put(
                                name,
                                new Compilation.Defined(
                                        name,
                                        NewClassFile.write(plan, sites, companions, added),
                                        added.targetName(),
                                        ""))));
        Adapters adapters = new Adapters(plan, sites, companions);
        plan.adaptedInterfaces().forEach(name -> attempt(plan.adapted(name).first(), () -> adapters.write(name)));
        // What is written there may ask for more of the same.
        for (int i = 0; i < ROUNDS; i++) {
            plan.gainedInterfaces().forEach(name -> attempt(name, () -> gained(name)));
            plan.interfacesWithDefaultCopies().forEach(name -> attempt(name, () -> defaults(name)));
        }
        accessors
                .companions()
                .forEach((owner, companion) -> companions.put(companion.name(), owner, companion.toBytes()));
        companions
                .write()
                .forEach((name, companion) ->
                        defined.put(name, new Compilation.Defined(name, companion.bytes(), "", companion.owner())));
        return new Compilation(
                redefined, defined, world.noise(), world.removed(), blocked(), drops(), alignment.renamedClasses());
    }

    private void attempt(String name, Runnable step) {
        try {
            step.run();
        } catch (LiftException e) {
            plan.block(name, e.reason());
        } catch (RuntimeException e) {
            plan.block(name, LiftReasons.failed("unexpected: " + e));
        }
    }

    private void redefine(String name, Comparison.Changed changed) {
        PatchedClass patched = new PatchedClass(plan, sites, companions, changed.baseBytes(), changed.targetBytes());
        byte[] bytes = patched.write();
        changed.effects().forEach(reason -> plan.note(name, reason));
        List<Reason> notes = plan.notes(name);
        boolean lifted = patched.isChanged() || notes.stream().anyMatch(LiftReasons::isLift);
        redefined.put(name, new Compilation.Redefined(name, bytes, lifted, notes));
    }

    /** A class that is the same on both sides and uses, or stands above, what is not. */
    private void rewrite(String name) {
        byte[] bytes = world.baseBytes(name);
        if (bytes == null) {
            throw new IllegalStateException("no class " + name);
        }
        PatchedClass patched = new PatchedClass(plan, sites, companions, bytes, bytes);
        byte[] written = patched.write();
        if (patched.isChanged()) {
            redefined.put(name, new Compilation.Redefined(name, written, true, plan.notes(name)));
        }
    }

    private void gained(String name) {
        ClassShape shape = world.after().shape(name);
        if (shape == null) {
            throw new IllegalStateException("no class " + name);
        }
        ClassNode companion = companions.of(plan.companion(name), name, shape.version(), null);
        if (plan.once(companion.name + ".tests")) {
            companion.methods.addAll(GainedInterfaces.tests(plan, companions, name));
        }
        for (MemberId member : new ArrayList<>(plan.gainedCalls(name).keySet())) {
            String method = plan.gainedCall(name, member);
            if (plan.once(companion.name + "." + method + member.text())) {
                companion.methods.add(GainedInterfaces.dispatcher(plan, sites, companions, name, member, method));
            }
        }
    }

    /** Copies of default methods, as asked for by calls from classes that have got the interface. */
    private void defaults(String name) {
        ClassShape shape = world.after().shape(name);
        byte[] bytes = world.bytesAfter(name);
        if (shape == null || bytes == null) {
            throw new LiftException("the default methods of " + name + " are outside the patch");
        }
        ClassNode companion = companions.of(plan.companion(name), name, shape.version(), null);
        Map<MemberId, MethodNode> methods = Trees.methods(Trees.read(bytes));
        for (Map.Entry<MemberId, String> copy : new TreeMap<>(plan.defaultCopies(name)).entrySet()) {
            MethodNode original = methods.get(copy.getKey());
            if (original == null
                    || !plan.once(companion.name + "." + copy.getValue()
                            + copy.getKey().text())) {
                continue;
            }
            MethodNode method = Companions.copy(
                    original,
                    Companions.METHOD,
                    copy.getValue(),
                    LiftedMethod.withReceiver(name, copy.getKey().desc()));
            sites.rewrite(new Placement(companion.name, name), method);
            companion.methods.add(method);
        }
    }

    private SortedMap<String, List<Reason>> blocked() {
        SortedMap<String, List<Reason>> all = new TreeMap<>(plan.blocked());
        all.putAll(world.unreadable());
        return all;
    }

    /** The side tables, which forget at a roll-back. */
    private SortedSet<String> drops() {
        return plan.sideTables();
    }
}
