package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.patch.PatchContents;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the mirror has, or can make: manifests, configs and layers of target images. For any number of threads. */
final class MirrorContent {
    /** A patch that was pushed just before its target is pulled must be seen. */
    private static final Duration NEWEST_FOR_MANIFEST = Duration.ofSeconds(1);
    /** Blobs are asked for after their manifest; only a runtime that has that already asks for them first. */
    private static final Duration NEWEST_FOR_BLOB = Duration.ofSeconds(30);

    private final TargetImages targets;
    private final Lookups lookups;
    private final TargetDocuments documents;
    private final LayerRebuilds rebuilds;
    private final ContentStore store;
    private final MirrorLog log;
    private final Duration patience;

    /**
     * Does nothing yet.
     *
     * @param patience how long a request for a layer waits for it
     */
    MirrorContent(
            TargetImages targets,
            Lookups lookups,
            TargetDocuments documents,
            LayerRebuilds rebuilds,
            ContentStore store,
            MirrorLog log,
            Duration patience) {
        this.targets = targets;
        this.lookups = lookups;
        this.documents = documents;
        this.rebuilds = rebuilds;
        this.store = store;
        this.log = log;
        this.patience = patience;
    }

    /**
     * A target image's manifest. Where there is one, the work on its layers may begin as well.
     *
     * @param begin whether the image is about to be pulled
     */
    Optional<Answer> manifest(String repository, Digest digest, boolean begin) throws InterruptedException {
        List<TargetImage> found = targets.byManifest(repository, digest);
        if (found.isEmpty()) {
            lookups.refresh(repository, NEWEST_FOR_MANIFEST);
            found = targets.byManifest(repository, digest);
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TargetImage target = presentFirst(found).get(0);
        if (begin) {
            List<LayerPlan> wanted = target.layers().stream()
                    .filter(layer -> target.gives(layer) && !store.has(layer.digest()))
                    .toList();
            var unused = rebuilds.begin(target, wanted);
        }
        try {
            // Together, so that the config can still be given if the registry is gone a moment later.
            PatchContents contents = target.contents();
            if (contents.targetConfig().isEmpty() || contents.targetManifest().isEmpty()) {
                return Optional.empty();
            }
            var unused = documents.get(target, contents.targetConfig().get());
            byte[] bytes = documents.get(target, contents.targetManifest().get());
            return Optional.of(Answer.bytes(Manifest.parse(bytes).mediaType(), bytes));
        } catch (IOException e) {
            log.say("manifest of " + target.name() + " cannot be had from patch " + target.patch() + ": "
                    + e.getMessage());
            return Optional.empty();
        }
    }

    /** A target image's config, or one of its layers for which there is a delta. */
    Optional<Answer> blob(String repository, Digest digest) throws InterruptedException {
        List<TargetImage> found = targets.byBlob(repository, digest);
        if (found.isEmpty()) {
            lookups.refresh(repository, NEWEST_FOR_BLOB);
            found = targets.byBlob(repository, digest);
        }
        long end = System.nanoTime() + patience.toNanos();
        Optional<FallbackException> why = Optional.empty();
        for (TargetImage target : presentFirst(found)) {
            try {
                Optional<LayerPlan> layer = target.layer(digest);
                Optional<Answer> answer = layer.isPresent() ? layer(target, layer.get(), end) : config(target, digest);
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (FallbackException e) {
                why = why.isPresent() ? why : Optional.of(e);
            } catch (IOException e) {
                log.say("config of " + target.name() + " cannot be had from patch " + target.patch() + ": "
                        + e.getMessage());
            }
        }
        why.ifPresent(reason -> {
            log.fellBack(reason.reason());
            log.say("left to the registry (" + reason.reason().code() + "): " + reason.getMessage());
        });
        return Optional.empty();
    }

    private Optional<Answer> config(TargetImage target, Digest digest) throws IOException {
        Optional<Descriptor> config = target.config(digest);
        return config.isEmpty() ? Optional.empty() : Optional.of(Answer.blob(documents.get(target, config.get())));
    }

    private Optional<Answer> layer(TargetImage target, LayerPlan layer, long end)
            throws FallbackException, InterruptedException {
        if (layer.decision() == LayerDecision.TAR_DELTA) {
            throw new FallbackException(
                    Fallback.TAR_ONLY,
                    "of layer " + layer.digest() + " only the tar can be given back: "
                            + layer.reason().map(Reason::text).orElse(""),
                    null);
        }
        return target.gives(layer) ? Optional.of(rebuilt(target, layer, end)) : Optional.empty();
    }

    private Answer rebuilt(TargetImage target, LayerPlan layer, long end)
            throws FallbackException, InterruptedException {
        try {
            Path file = rebuilds.layer(target, layer).get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return Answer.layer(file);
        } catch (TimeoutException e) {
            throw new FallbackException(
                    Fallback.SLOW,
                    "layer " + layer.digest() + " was not rebuilt within " + patience.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FallbackException reason
                    ? reason
                    : new FallbackException(Fallback.ERROR, "layer " + layer.digest() + ": " + e.getCause(), e);
        } catch (IOException e) {
            throw new FallbackException(
                    Fallback.ERROR, "layer " + layer.digest() + " was rebuilt and is gone: " + e, e);
        }
    }

    /** Those whose base the node has come first. */
    private List<TargetImage> presentFirst(List<TargetImage> found) {
        return found.stream()
                .sorted(Comparator.comparing(target -> !store.has(target.base())))
                .toList();
    }
}
