package dev.hotpatch.differ;

import dev.hotpatch.differ.content.Blob;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.effects.UserEffects;
import dev.hotpatch.differ.image.ImagePair;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Releases;
import dev.hotpatch.patchformat.plan.UnitPlan;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A plan with the class files that it needs. Safe for several threads. Whoever has asked for it closes it, which frees temporary space. */
public final class PlannedPatch implements Closeable, UserEffects.Patch {
    private final PatchPlan plan;
    private final Optional<ImagePair> images;
    private final Spool spool;
    private final Map<Digest, Blob> classFiles;
    private final BaseClassPath classPath;

    PlannedPatch(
            PatchPlan plan,
            Optional<ImagePair> images,
            Spool spool,
            Map<Digest, Blob> classFiles,
            BaseClassPath classPath) {
        this.plan = plan;
        this.images = images;
        this.spool = spool;
        this.classFiles = Map.copyOf(classFiles);
        this.classPath = classPath;
    }

    @Override
    public PatchPlan plan() {
        return plan;
    }

    /** The same with effects beside those that it has; shares what this one must be closed for. */
    public PlannedPatch withEffects(List<Effect> added) {
        List<Effect> all =
                Stream.concat(plan.effects().stream(), added.stream()).toList();
        return new PlannedPatch(plan.withEffects(all), images, spool, classFiles, classPath);
    }

    /**
     * The same with what a user wants to be run in the JVM; shares what this one must be closed for.
     *
     * @param sources jars or folders with classes, and JSON files
     * @throws IllegalArgumentException if these do not fit the patch; the message is for the user
     */
    public PlannedPatch withUserEffects(List<Path> sources) throws IOException {
        UserEffects.Result result = UserEffects.of(this, sources);
        Map<Digest, Blob> files = new HashMap<>(classFiles);
        List<UnitPlan> units = new ArrayList<>();
        for (UnitPlan unit : plan.units()) {
            List<ClassChange> classes = new ArrayList<>(unit.classes());
            for (UserEffects.Added added : result.classes()) {
                if (added.units().contains(unit.id())) {
                    Spool.Added stored = spool.add(new ByteArrayInputStream(added.classFile()));
                    files.put(stored.digest(), stored.blob());
                    classes.add(new ClassChange(
                            added.name(),
                            Releases.ALL,
                            Decision.NEW_CLASS,
                            Optional.empty(),
                            Optional.of(stored.digest()),
                            added.units(),
                            List.of()));
                }
            }
            classes.sort(Comparator.comparing(ClassChange::name)
                    .thenComparingInt(change -> change.releases().from()));
            units.add(new UnitPlan(unit.id(), unit.basePath(), unit.targetPath(), classes));
        }
        return new PlannedPatch(plan.withUnits(units), images, spool, files, classPath).withEffects(result.effects());
    }

    @Override
    public SortedMap<String, byte[]> baseClasses(String name) throws IOException {
        return classPath.find(name);
    }

    /** The same for a JVM in which the program does not run: without effects that call its code; shares as the above. */
    public PlannedPatch forTrial() {
        List<Effect> left = plan.effects().stream()
                .filter(effect -> effect.kind() == Effect.Kind.DROP)
                .toList();
        return new PlannedPatch(plan.withEffects(left), images, spool, classFiles, classPath);
    }

    /**
     * Writes the jars and classes of the base that are known, those that the patch changes first.
     *
     * @param folder an empty one
     * @return what to put on a class path
     */
    public List<Path> extractBase(Path folder) throws IOException {
        return classPath.extract(plan.units().stream().map(UnitPlan::basePath).toList(), folder);
    }

    /** The base image's platform manifest; absent for a library patch. */
    public Optional<Descriptor> base() {
        return images.map(pair -> pair.base().manifest().descriptor());
    }

    /** Both images; absent for a library patch. */
    public Optional<ImagePair> images() {
        return images;
    }

    /**
     * A class file that goes into JVMs.
     *
     * @throws IOException if the plan needs no such class file, or this is closed
     */
    @Override
    public byte[] classFile(Digest digest) throws IOException {
        Blob blob = classFiles.get(digest);
        if (blob == null) {
            throw new IOException("the plan has no class file " + digest);
        }
        return spool.read(blob);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
