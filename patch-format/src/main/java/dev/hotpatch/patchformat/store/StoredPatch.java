package dev.hotpatch.patchformat.store;

import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitReader;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.patch.PatchReader;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.restore.LayerRestore;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.VerifiedPatch;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A patch that was read from a store and verified.
 *
 * @param verified the proof
 * @param patch what it says
 */
public record StoredPatch(VerifiedPatch verified, Patch patch) {
    public StoredPatch {
        if (!verified.digest().equals(patch.digest())) {
            throw new IllegalArgumentException(
                    "the proof is of " + verified.digest() + ", the patch is " + patch.digest());
        }
    }

    /**
     * Reads and verifies one. Nothing that a patch says is looked at before its signatures are good.
     *
     * @param repository which the signatures must name
     * @throws VerificationException if it must not be applied
     */
    public static StoredPatch fetch(PatchStore store, Verifier verifier, String repository, Digest digest)
            throws IOException, VerificationException {
        return verify(store, verifier, repository, manifest(store, digest));
    }

    /** As {@link #fetch}, of a manifest that has been read from the store already; its own digest is what the signatures must name. */
    public static StoredPatch verify(PatchStore store, Verifier verifier, String repository, byte[] manifest)
            throws IOException, VerificationException {
        VerifiedPatch verified = verifier.verify(repository, manifest, store.signatures(Digest.of(manifest)));
        return new StoredPatch(verified, read(store, verified.manifest()));
    }

    /** Reads a patch whose origin nobody vouches for: to look at it, or to sign it; never to apply it. */
    public static Patch unverified(PatchStore store, Digest digest) throws IOException {
        return read(store, Manifest.parse(manifest(store, digest)));
    }

    private static byte[] manifest(PatchStore store, Digest digest) throws IOException {
        byte[] manifest = store.manifest(digest);
        if (!Digest.of(manifest).equals(digest)) {
            throw new DigestMismatchException(
                    store.name() + ": expected manifest " + digest + ", found " + Digest.of(manifest));
        }
        return manifest;
    }

    private static Patch read(PatchStore store, Manifest manifest) throws IOException {
        PatchReader.expectPatch(manifest);
        try (InputStream in = store.open(manifest.config())) {
            return PatchReader.read(manifest, in.readNBytes(PatchReader.MAX_CONFIG + 1));
        }
    }

    /**
     * Brings all that the patch consists of into a folder, checked as far as it can be without the base image.
     *
     * @param folder an empty one; the files are the caller's to delete
     * @return the content from there
     */
    public PatchContent saveAll(PatchStore store, Path folder) throws IOException {
        for (Descriptor layer : patch.manifest().layers()) {
            Path file = folder.resolve(layer.digest().hex());
            if (layer.mediaType().equals(MediaTypes.LIVE)) {
                saveLive(store, file);
            } else {
                try (InputStream in = store.open(layer)) {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        PatchContent content =
                layer -> Files.newInputStream(folder.resolve(layer.digest().hex()));
        try (LayerRestore deltas = new LayerRestore(patch.contents(), content, diffId -> Optional.empty(), folder)) {
            for (LayerPlan layer : patch.plan().layers()) {
                if (patch.contents().deltas().containsKey(layer.digest())) {
                    deltas.inspect(layer);
                }
            }
        }
        return content;
    }

    /**
     * Stores the live unit as {@code target}, after every class file in it and its agreement with the plan were checked. An existing
     * file is replaced; on any failure {@code target} is left as it was.
     *
     * @throws IOException if the patch has no live unit, too
     */
    public void saveLive(PatchStore store, Path target) throws IOException {
        Descriptor live = patch.live()
                .orElseThrow(() ->
                        new IOException("patch " + patch.digest() + " has nothing that can go live; its verdict is "
                                + patch.plan().verdict().word() + ": restart with the target image"));
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            try (InputStream in = store.open(live)) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(partial))) {
                LiveIndex index = LiveUnitReader.read(in, (digest, bytes) -> {});
                PatchReader.expectAgreement(patch.plan(), index);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
