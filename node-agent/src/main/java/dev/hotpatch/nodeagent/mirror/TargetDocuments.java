package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests and configs of target images, fetched from the patches that carry them; the last few are remembered, and those of patches that are
 * kept are kept with them. For any number of threads.
 */
final class TargetDocuments {
    private static final int MAX_REMEMBERED = 32;

    private final PatchStores stores;
    private final KeptTargets kept;
    private final MirrorLog log;
    private final Map<Digest, byte[]> known = new LinkedHashMap<>();

    TargetDocuments(PatchStores stores, KeptTargets kept, MirrorLog log) {
        this.stores = stores;
        this.kept = kept;
        this.log = log;
    }

    /** One of them, verified; at most {@link Manifest#MAX_BYTES}. */
    byte[] get(TargetImage target, Descriptor document) throws IOException {
        synchronized (known) {
            byte[] bytes = known.get(document.digest());
            if (bytes != null) {
                return bytes;
            }
        }
        byte[] bytes = keptOrFetched(target, document);
        synchronized (known) {
            known.put(document.digest(), bytes);
            if (known.size() > MAX_REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return bytes;
    }

    private byte[] keptOrFetched(TargetImage target, Descriptor document) throws IOException {
        Optional<byte[]> before = kept.document(target.patch(), document);
        if (before.isPresent()) {
            return before.get();
        }
        byte[] bytes = fetched(target, document);
        try {
            kept.keep(target.patch(), bytes);
        } catch (IOException e) {
            log.say(document.digest() + " of " + target.name() + " cannot be kept for the next start: " + e);
        }
        return bytes;
    }

    private byte[] fetched(TargetImage target, Descriptor document) throws IOException {
        byte[] bytes;
        try (InputStream in = stores.of(target.repository()).open(document)) {
            bytes = in.readNBytes(Manifest.MAX_BYTES + 1);
        }
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new IOException("patch " + target.patch() + ": " + document.digest() + " has more than "
                    + Manifest.MAX_BYTES + " bytes");
        }
        return bytes;
    }
}
