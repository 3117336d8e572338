package dev.hotpatch.cli;

import dev.hotpatch.differ.BuiltPatch;
import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.layerdelta.LayerDeltaEncoder;
import dev.hotpatch.differ.layerdelta.LayerDeltas;
import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Verdict;
import dev.hotpatch.patchformat.store.LayoutPatchStore;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.patch.RegistryPatchStore;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch build}. */
@Command(
        name = "build",
        description = {
            "Compare OLD and NEW and make a patch.",
            "If something that running code depends on cannot go live, the exit code is 6, and the patch has only what",
            "makes the next pull of NEW small: layer deltas."
        })
final class BuildCommand extends Verb {
    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "What runs now: registry/repo:tag, registry/repo@sha256:…, oci:DIR[:TAG], oci-archive:FILE,"
                    + " docker-archive:FILE, or a .jar, .war or folder.")
    private String base = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "What shall run; the same forms.")
    private String target = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Store the patch in this OCI layout.")
    private Path output = Path.of("");

    @Option(
            names = "--push",
            paramLabel = "REPO",
            description = "Push the patch to this repository, that of the base image.")
    private String push = "";

    @Option(names = "--key", paramLabel = "FILE", description = "Sign with this secret key.")
    private Path key = Path.of("");

    @Option(
            names = "--repository",
            paramLabel = "REPO",
            description = "The repository that the signature names; default: that of --push.")
    private String repository = "";

    @Mixin
    private PlanningFlags planning = new PlanningFlags();

    @Option(
            names = "--check-jdk",
            paramLabel = "PATH",
            description = {
                "Before it is signed, apply the patch to the classes of OLD in a JVM of this JDK; repeatable.",
                "Default: the JDK that runs this."
            })
    private List<Path> checkJdks = List.of();

    @Option(names = "--no-check", description = "Apply it nowhere before it is signed.")
    private boolean noCheck;

    @Option(
            names = "--no-deltas",
            description = "Leave out layer deltas, from which nodes and hotpatch restore make NEW's layers of OLD's.")
    private boolean noDeltas;

    @Option(names = "--dry-run", description = "Make the plan and the patch, write nothing.")
    private boolean dryRun;

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    static int exitCode(Verdict verdict) {
        return verdict == Verdict.RESTART ? ExitCode.CANNOT_GO_LIVE : ExitCode.OK;
    }

    @Override
    public Integer call() throws IOException, VerbException, VerificationException {
        Optional<Signing> signing = signing();
        Optional<ImageReference> remote =
                push.isEmpty() ? Optional.empty() : Optional.of(PatchLocation.reference(push));
        List<Path> jdks = jdks();
        long start = System.nanoTime();
        Path scratch = Files.createTempDirectory("hotpatch-build");
        try (Registry registry = registryFlags.open(terminal());
                PlannedPatch planned = planning.plan(base, target, registry, terminal())) {
            boolean live = planned.plan().verdict().isLive();
            PatchBuilder builder = new PatchBuilder(planned, scratch);
            // Before the deltas, which take longer.
            List<JdkCheck.Result> checks = live ? check(planned, builder, jdks, scratch) : List.of();
            LayerDeltas deltas = deltas(planned, scratch);
            if (!live && deltas.files().isEmpty()) {
                report(planned.plan().withLayers(deltas.layers()), Optional.empty(), List.of(), List.of(), start);
                return exitCode(planned.plan().verdict());
            }
            BuiltPatch built = builder.build(deltas);
            List<String> places = dryRun ? List.of() : store(built, registry, remote, signing);
            report(built.patch().plan(), Optional.of(built.patch()), places, checks, start);
            return exitCode(planned.plan().verdict());
        } finally {
            ScratchFolder.delete(scratch);
        }
    }

    private List<Path> jdks() throws VerbException {
        if (noCheck && !checkJdks.isEmpty()) {
            throw new VerbException(ExitCode.USAGE, "usage", "build: either --check-jdk or --no-check");
        }
        if (noCheck) {
            terminal().log("warning: with --no-check, no JVM has tried the patch before it is signed");
            return List.of();
        }
        List<Path> jdks = checkJdks.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : checkJdks;
        for (Path jdk : jdks) {
            JdkCheck.launcher(jdk);
        }
        return jdks;
    }

    private List<JdkCheck.Result> check(PlannedPatch planned, PatchBuilder builder, List<Path> jdks, Path scratch)
            throws IOException, VerbException {
        if (jdks.isEmpty()) {
            return List.of();
        }
        terminal().progress("trying the patch in a JVM");
        try (JdkCheck check = JdkCheck.start(planned, jdks, Files.createDirectory(scratch.resolve("trial")))) {
            return check.finish(builder.liveUnit());
        }
    }

    private LayerDeltas deltas(PlannedPatch planned, Path scratch) throws IOException {
        if (noDeltas || planned.images().isEmpty()) {
            return LayerDeltas.NONE;
        }
        LayerDeltaEncoder encoder = new LayerDeltaEncoder(
                scratch, new Parallel(Runtime.getRuntime().availableProcessors()), terminal()::progress);
        return LayerDeltas.make(planned.images().get(), encoder, scratch);
    }

    private Optional<Signing> signing() throws IOException, VerbException {
        if (key.toString().isEmpty()) {
            return Optional.empty();
        }
        if (push.isEmpty() && repository.isEmpty()) {
            throw new VerbException(
                    ExitCode.USAGE,
                    "usage",
                    "build: a signature is for one repository; name it with --push REPO or --repository REPO");
        }
        return Optional.of(Signing.with(key));
    }

    private List<String> store(
            BuiltPatch built, Registry registry, Optional<ImageReference> remote, Optional<Signing> signing)
            throws IOException, VerificationException {
        Patch patch = built.patch();
        List<String> places = new ArrayList<>();
        String signedFor = repository.isEmpty()
                ? remote.map(reference -> reference.repository().toString()).orElse("")
                : repository;
        if (!output.toString().isEmpty()) {
            LayoutPatchStore store = new LayoutPatchStore(OciLayout.create(output));
            store.store(patch, built);
            places.add(sign(new PatchLocation(store, patch.digest(), ""), patch, signing, signedFor));
        }
        if (remote.isPresent()) {
            String name = remote.get().repository().toString();
            RegistryPatchStore store =
                    new RegistryPatchStore(registry, remote.get().repository());
            // The signature first: a node must not find the patch without it.
            places.add(sign(new PatchLocation(store, patch.digest(), name), patch, signing, signedFor));
            store.push(patch, built);
        }
        if (signing.isEmpty() && !places.isEmpty()) {
            terminal().log("warning: the patch is not signed; nodes refuse it until hotpatch sign " + places.get(0));
        }
        return places;
    }

    /** Signs, if there is a key; the name of the place with the patch. */
    private static String sign(PatchLocation location, Patch patch, Optional<Signing> signing, String signedFor)
            throws IOException, VerificationException {
        if (signing.isPresent()) {
            signing.get().sign(location, patch.manifest(), signedFor);
        }
        String name = location.store().name();
        return name + (PatchLocation.isLayout(name) ? ":" + patch.tag() : "@" + patch.digest());
    }

    private void report(
            PatchPlan plan, Optional<Patch> patch, List<String> places, List<JdkCheck.Result> checks, long start) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>(PlanPrinter.json(plan, patch));
            patch.ifPresent(made -> result.put("patch", made.digest().toString()));
            result.put("checks", checks.stream().map(JdkCheck.Result::json).toList());
            result.put("stored", places);
            result.put("milliseconds", millis);
            terminal().json("Build", result);
            return;
        }
        PlanPrinter.lines(plan, patch, planning.all()).forEach(terminal()::result);
        patch.ifPresent(made -> terminal()
                .result("patch:   " + made.digest() + "  live unit " + made.liveSize() + " bytes, layer deltas "
                        + made.deltaSize() + " bytes, changed layers " + plan.changedLayers() + " bytes"));
        checks.forEach(check -> terminal()
                .result("checked: Java " + check.version() + "  " + check.redefined() + " classes patched, put back and"
                        + " patched again, " + check.added() + " new ones linked"
                        + (check.excused() == 0
                                ? ""
                                : ", " + check.excused() + " not tried, as the base lacks what they refer to")));
        places.forEach(place -> terminal().result("stored:  " + place));
        detail("took " + millis + " ms");
        if (exitCode(plan.verdict()) != ExitCode.OK) {
            terminal()
                    .error("cannot go live: "
                            + (plan.blocked().isEmpty()
                                    ? "only resources differ"
                                    : plan.blocked().size() + " changes are blocked")
                            + "; restart with the target image. "
                            + (patch.isPresent() ? "The patch has its layer deltas only" : "Nothing was written"));
        }
    }
}
