package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.store.LayoutPatchStore;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Patches with their signatures, and the manifests and configs of their target images, on the disk: so that a mirror which starts while the
 * registry is gone knows what it knew. Each is an OCI layout; what is read is verified again. For any number of threads.
 */
final class KeptTargets {
    static final int MAX_KEPT = 64;

    private static final int MAX_NAME = 4096;
    private static final int MAX_SIGNATURES = 4 << 20;
    private static final String REPOSITORY = "repository";
    /** A file by which those are told that somebody asked for. */
    private static final String USED = "used";

    private static final String PARTIAL = ".partial";

    private final Path folder;

    private KeptTargets(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder if needed, and removes what an earlier process left unfinished. */
    static KeptTargets open(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        KeptTargets kept = new KeptTargets(folder);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + PARTIAL)) {
            for (Path each : unfinished) {
                delete(each);
            }
        }
        return kept;
    }

    /** Keeps a verified patch; of very many those that were used, and the newest. */
    synchronized void keep(String repository, Patch patch, List<SignatureArtifact> signatures) throws IOException {
        Path target = folder.resolve(patch.digest().hex());
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path partial = folder.resolve(patch.digest().hex() + PARTIAL);
        try {
            OciLayout layout = OciLayout.create(partial);
            layout.write(MediaTypes.PATCH, patch.config());
            layout.write(patch.manifest().mediaType(), patch.manifest().bytes());
            layout.enter(patch.manifest().descriptor(), Optional.empty());
            LayoutPatchStore store = new LayoutPatchStore(layout);
            for (SignatureArtifact signature : bounded(signatures)) {
                store.store(patch.digest(), signature);
            }
            Files.writeString(partial.resolve(REPOSITORY), repository);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(partial);
        }
        List<Path> all = bestFirst();
        for (Path old : all.subList(Math.min(MAX_KEPT, all.size()), all.size())) {
            delete(old);
        }
    }

    /** Anybody who may push can add signatures; those that do not fit are not there after the next start. */
    private static List<SignatureArtifact> bounded(List<SignatureArtifact> signatures) {
        List<SignatureArtifact> kept = new ArrayList<>();
        long left = MAX_SIGNATURES;
        for (SignatureArtifact signature : signatures) {
            long size = signature.manifest().length;
            for (byte[] blob : signature.blobs().values()) {
                size += blob.length;
            }
            if (size <= left && isManifest(signature)) {
                kept.add(signature);
                left -= size;
            }
        }
        return kept;
    }

    private static boolean isManifest(SignatureArtifact signature) {
        try {
            return Manifest.parse(signature.manifest()).layers().size() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Keeps a manifest or config of the target image of a patch that is kept; otherwise does nothing. */
    synchronized void keep(Digest patch, byte[] document) throws IOException {
        Path target = folder.resolve(patch.hex());
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            OciLayout.open(target).write(MediaTypes.TARGET_CONFIG, document);
            Files.writeString(target.resolve(USED), "");
        }
    }

    /** What the other {@code keep} has kept, verified; absent if it is not there whole. */
    synchronized Optional<byte[]> document(Digest patch, Descriptor document) {
        Path target = folder.resolve(patch.hex());
        try {
            return Files.isDirectory(target)
                    ? Optional.of(OciLayout.open(target).read(document, Manifest.MAX_BYTES))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The patches that are kept, the best last; nothing is proven of them. */
    synchronized List<PatchCandidate> candidates() throws IOException {
        List<PatchCandidate> candidates = new ArrayList<>();
        for (Path each : bestFirst()) {
            Path name = each.resolve(REPOSITORY);
            if (Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS) && Files.size(name) <= MAX_NAME) {
                candidates.add(
                        0,
                        new PatchCandidate(
                                Files.readString(name),
                                new Digest(each.getFileName().toString())));
            }
        }
        return candidates;
    }

    /** A kept patch with its signatures. For one thread. */
    PatchStore store(Digest patch) throws IOException {
        return new LayoutPatchStore(OciLayout.open(folder.resolve(patch.hex())));
    }

    synchronized void forget(Digest patch) throws IOException {
        delete(folder.resolve(patch.hex()));
    }

    private List<Path> bestFirst() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.getFileName().toString().matches("[0-9a-f]{64}"))
                    .sorted(Comparator.<Path, Boolean>comparing(each -> Files.exists(each.resolve(USED)))
                            .thenComparingLong(each -> each.toFile().lastModified())
                            .reversed())
                    .toList();
        }
    }

    private static void delete(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(target)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
