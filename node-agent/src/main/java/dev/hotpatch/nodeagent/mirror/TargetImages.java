package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The target images of verified patches for images that the node has. A registry is asked only about repositories of such images. For
 * any number of threads.
 */
final class TargetImages {
    private static final int MAX_REMEMBERED = 1000;
    /** Of one look; anybody who may push can add patches that are not signed. */
    private static final int MAX_VERIFIED = 200;

    private final NodeImages images;
    private final Patches patches;
    private final KeptTargets kept;
    private final MirrorLog log;
    /** Absent values are patches of libraries. A patch never changes, so it is verified once. */
    private final Map<PatchCandidate, Optional<TargetImage>> known = new LinkedHashMap<>();

    TargetImages(NodeImages images, Patches patches, KeptTargets kept, MirrorLog log) {
        this.images = images;
        this.patches = patches;
        this.kept = kept;
        this.log = log;
    }

    /** Makes those {@link #known} that an earlier process kept, if they are still to be believed. Asks no registry. */
    void recall() throws IOException {
        for (PatchCandidate candidate : kept.candidates()) {
            try {
                put(
                        candidate,
                        TargetImage.of(
                                candidate.repository(), patches.verified(candidate, kept.store(candidate.digest()))));
            } catch (IOException | VerificationException e) {
                log.say("patch " + candidate.digest() + " of " + candidate.repository() + " was kept and is not used: "
                        + e.getMessage());
                kept.forget(candidate.digest());
            }
        }
    }

    /** Those of a repository that have been seen so far, the newest last. */
    List<TargetImage> known(String repository) {
        synchronized (known) {
            return known.entrySet().stream()
                    .filter(entry -> entry.getKey().repository().equals(repository))
                    .flatMap(entry -> entry.getValue().stream())
                    .toList();
        }
    }

    /** The images of a repository that the node has. */
    List<ImageName> local(String repository) throws IOException {
        return images.repoDigests().stream()
                .flatMap(name -> ImageName.parse(name).stream())
                .filter(image -> image.repository().equals(repository))
                .toList();
    }

    /** Asks the registry for all patches for these images; what is found is {@link #known} afterwards. */
    void look(List<ImageName> local) throws IOException {
        int verified = 0;
        for (ImageName image : local) {
            for (PatchCandidate candidate : patches.finder().find(image)) {
                if (++verified > MAX_VERIFIED) {
                    log.say("more than " + MAX_VERIFIED + " patches for images of " + image.repository()
                            + "; the others are not looked at");
                    return;
                }
                try {
                    var unused = target(candidate);
                } catch (VerificationException e) {
                    log.say("patch " + candidate.digest() + " in " + candidate.repository() + " is not used: "
                            + e.getMessage());
                }
            }
        }
    }

    /**
     * The target of a patch; empty for a library patch.
     *
     * @throws VerificationException if the patch must not be used
     */
    Optional<TargetImage> target(PatchCandidate candidate) throws IOException, VerificationException {
        synchronized (known) {
            Optional<TargetImage> before = known.get(candidate);
            if (before != null) {
                return before;
            }
        }
        SignaturesSeen store = new SignaturesSeen(patches.stores().of(candidate.repository()));
        Patch verified = patches.verified(candidate, store);
        Optional<TargetImage> target = TargetImage.of(candidate.repository(), verified);
        put(candidate, target);
        if (target.isPresent() && target.get().contents().targetManifest().isPresent()) {
            try {
                kept.keep(candidate.repository(), verified, store.seen());
            } catch (IOException e) {
                log.say("patch " + candidate.digest() + " cannot be kept for the next start: " + e);
            }
        }
        return target;
    }

    private void put(PatchCandidate candidate, Optional<TargetImage> target) {
        synchronized (known) {
            known.put(candidate, target);
            if (known.size() > MAX_REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }

    /** Those of this digest, one for each patch that leads to it, among those that are known. */
    List<TargetImage> byManifest(String repository, Digest manifest) {
        return known(repository).stream()
                .filter(target -> target.digest().equals(manifest))
                .toList();
    }

    /** Those with this layer or config, among those that are known. */
    List<TargetImage> byBlob(String repository, Digest blob) {
        return known(repository).stream()
                .filter(target -> target.contains(blob))
                .toList();
    }
}
