package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The patches there are at one look at the node; each image is asked for once. For one thread. */
final class CandidateLookup {
    private final PatchSource source;
    private final Map<ImageName, Optional<List<PatchCandidate>>> ofImages = new HashMap<>();
    private List<PatchCandidate> ofLibraries = List.of();
    private Optional<String> trouble = Optional.empty();

    CandidateLookup(PatchSource source) {
        this.source = source;
        try {
            ofLibraries = source.forAnyImage();
        } catch (IOException e) {
            trouble = Optional.of("library patches cannot be looked up: " + e);
        }
    }

    /**
     * The patches for a JVM, the one to prefer first. Those of its images come before library patches; where one image could not be
     * asked for there is none, lest a library patch take the place of the image's.
     */
    List<PatchCandidate> about(Target target) {
        List<Optional<List<PatchCandidate>>> answers =
                target.images().stream().map(this::of).toList();
        if (answers.stream().anyMatch(Optional::isEmpty)) {
            return List.of();
        }
        List<PatchCandidate> own =
                answers.stream().flatMap(Optional::stream).flatMap(List::stream).toList();
        return own.isEmpty() ? ofLibraries : own;
    }

    /** What could not be looked up, if anything. */
    Optional<String> trouble() {
        return trouble;
    }

    /** All patches that were found. */
    Set<Digest> found() {
        return Stream.concat(
                        ofLibraries.stream(),
                        ofImages.values().stream().flatMap(Optional::stream).flatMap(List::stream))
                .map(PatchCandidate::digest)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<List<PatchCandidate>> of(ImageName image) {
        return ofImages.computeIfAbsent(image, any -> {
            try {
                return Optional.of(source.find(image));
            } catch (IOException e) {
                trouble = Optional.of("patches for " + image + " cannot be looked up: " + e);
                return Optional.empty();
            }
        });
    }
}
