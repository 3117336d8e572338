package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.corpus.Folders;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.corpus.MavenDependencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries releases one after the other; for one thread.
 *
 * @param scratch for temporary files, which are gone when {@link #run} returns
 */
record ReleaseTrial(MavenArtifacts artifacts, MavenDependencies dependencies, List<Jdk> jdks, Path scratch) {
    ReleaseTrial {
        jdks = List.copyOf(jdks);
    }

    ReleaseResult run(Release release) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory(scratch, "release");
        try {
            return run(release, folder);
        } catch (IOException | RuntimeException e) {
            // One release that cannot be tried must not hide the others; it counts as wrong.
            return new ReleaseResult(release, Optional.empty(), Duration.ZERO, 0, List.of(), List.of(), e.toString());
        } finally {
            Folders.delete(folder);
        }
    }

    private ReleaseResult run(Release release, Path folder) throws IOException, InterruptedException {
        Path from = artifacts.fetch(release.from());
        Path to = artifacts.fetch(release.to());
        LibraryPatch patch = LibraryPatch.build(from, to, folder);
        List<JvmResult> results = new ArrayList<>();
        List<String> missing = List.of();
        if (patch.liveUnit().isPresent()) {
            MavenDependencies.ClassPath needed =
                    dependencies.of(List.of(release.from(), release.to()), false, release.extra());
            missing = needed.missing();
            JvmTrial trial = new JvmTrial(folder, from, to, needed.jars());
            for (Jdk jdk : jdks) {
                results.add(attempt(trial, jdk, patch.liveUnit().get()));
            }
        }
        PatchPlan plan = patch.plan();
        return new ReleaseResult(release, Optional.of(plan), patch.buildTime(), patch.bytes(), missing, results, "");
    }

    private static JvmResult attempt(JvmTrial trial, Jdk jdk, Path liveUnit) throws InterruptedException {
        try {
            return trial.run(jdk, liveUnit);
        } catch (IOException e) {
            return JvmResult.failed(jdk.feature(), e.toString());
        }
    }
}
