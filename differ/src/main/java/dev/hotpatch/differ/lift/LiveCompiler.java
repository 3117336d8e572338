package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.Alignment;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
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

    /** Of three times as many classes trees are in memory, which are much larger than class files. */
    private static final int BATCH = 32;

    private final Alignment alignment;
    private final World world;
    private final Parallel parallel;
    private final LiftPlan plan;
    private final Accessors accessors;
    private final Sites sites;
    private final Companions companions = new Companions();
    private final SortedMap<String, Compilation.Redefined> redefined = new TreeMap<>();
    private final SortedMap<String, Compilation.Defined> defined = new TreeMap<>();

    private LiveCompiler(Alignment alignment, World world, String tag, Parallel parallel) {
        this.alignment = alignment;
        this.world = world;
        this.parallel = parallel;
        this.plan = new LiftPlan(world, tag);
        this.accessors = new Accessors(plan);
        this.sites = new Sites(plan, accessors, companions);
    }

    /**
     * Compiles.
     *
     * @param libraries other classes of the image, which the patch does not rewrite
     * @param parallel reads, compares and writes classes
     */
    public static Compilation compile(Side base, Side target, Side libraries, Parallel parallel) {
        return prepare(base, target, libraries, parallel, tag(base, target), new Known())
                .compile();
    }

    /**
     * Only compares the sides, so that the rest may be done side by side for several forms of them.
     *
     * @param tag what {@link #tag} makes of these sides, or of larger ones
     * @param known of other forms of these sides, with the same tag
     */
    public static LiveCompiler prepare(
            Side base, Side target, Side libraries, Parallel parallel, String tag, Known known) {
        Alignment alignment = Alignment.of(base, target, tag, parallel, known.groups());
        World world = World.of(base, target, alignment, libraries, parallel, known);
        return new LiveCompiler(alignment, world, tag, parallel);
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

    /** Compiles what was compared; once. */
    public Compilation compile() {
        List<Delta> deltas = world.changed().values().stream()
                .map(changed -> Delta.of(changed.base(), changed.target()))
                .toList();
        for (Lift lift : LIFTS) {
            deltas.forEach(delta -> attempt(delta.name(), () -> lift.plan(delta, plan)));
        }
        MovedState.plan(deltas, plan);
        FinalOverrides.plan(plan);
        PrivateSuper.plan(plan);
        redefine(List.copyOf(world.changed().keySet()));
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

    /** R while it is a tree. */
    private record Draft(String name, ClassNode node, boolean lifted, List<Reason> notes) {}

    /** Some classes are read, and some written, while others are worked on one by one, since what is done there depends on what was before. */
    private void redefine(List<String> names) {
        Runnable putBefore = () -> {};
        Supplier<List<Optional<Trees.Pair>>> read = readBatch(names, 0);
        for (int from = 0; from < names.size(); from += BATCH) {
            List<Optional<Trees.Pair>> trees = read.get();
            read = readBatch(names, from + BATCH);
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < trees.size(); i++) {
                String name = names.get(from + i);
                Optional<Trees.Pair> pair = trees.get(i);
                attempt(name, () -> drafts.add(draft(name, pair.orElseGet(() -> trees(name)))));
            }
            putBefore.run();
            Supplier<List<Optional<byte[]>>> written =
                    parallel.start(drafts, draft -> unlessItFails(() -> bytes(draft)));
            putBefore = () -> put(drafts, written.get());
        }
        putBefore.run();
    }

    private byte[] bytes(Draft draft) {
        return RedefinedClass.bytes(draft.node(), changed(draft.name()).baseBytes());
    }

    private Supplier<List<Optional<Trees.Pair>>> readBatch(List<String> names, int from) {
        List<String> batch = names.subList(Math.min(from, names.size()), Math.min(from + BATCH, names.size()));
        return parallel.start(batch, name -> unlessItFails(() -> trees(name)));
    }

    private void put(List<Draft> drafts, List<Optional<byte[]>> written) {
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            Optional<byte[]> bytes = written.get(i);
            attempt(
                    draft.name(),
                    () -> redefined.put(
                            draft.name(),
                            new Compilation.Redefined(
                                    draft.name(), bytes.orElseGet(() -> bytes(draft)), draft.lifted(), draft.notes())));
        }
    }

    /** What fails is done again where the failure is dealt with. */
    private static <T> Optional<T> unlessItFails(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private Trees.Pair trees(String name) {
        Comparison.Changed changed = changed(name);
        return new Trees.Pair(Trees.read(changed.baseBytes()), Trees.read(changed.targetBytes()));
    }

    private Comparison.Changed changed(String name) {
        Comparison.Changed changed = world.changed(name);
        if (changed == null) {
            throw new IllegalStateException(name + " does not differ");
        }
        return changed;
    }

    private Draft draft(String name, Trees.Pair trees) {
        PatchedClass patched = new PatchedClass(plan, sites, companions, trees.base(), trees.target());
        ClassNode node = patched.write();
        changed(name).effects().forEach(reason -> plan.note(name, reason));
        List<Reason> notes = List.copyOf(plan.notes(name));
        boolean lifted = patched.isChanged() || notes.stream().anyMatch(LiftReasons::isLift);
        return new Draft(name, node, lifted, notes);
    }

    /** A class that is the same on both sides and uses, or stands above, what is not. */
    private void rewrite(String name) {
        byte[] bytes = world.baseBytes(name);
        if (bytes == null) {
            throw new IllegalStateException("no class " + name);
        }
        PatchedClass patched = new PatchedClass(plan, sites, companions, Trees.read(bytes), Trees.read(bytes));
        byte[] written = RedefinedClass.bytes(patched.write(), bytes);
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
