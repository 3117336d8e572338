package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Manifests and configs of target images, fetched from the patches that carry them; the last few are kept. For any number of threads. */
final class TargetDocuments {
    private static final int MAX_REMEMBERED = 32;

    private final PatchStores stores;
    private final Map<Digest, byte[]> known = new LinkedHashMap<>();

    TargetDocuments(PatchStores stores) {
        this.stores = stores;
    }

    /** One of them, verified; at most {@link Manifest#MAX_BYTES}. */
    byte[] get(TargetImage target, Descriptor document) throws IOException {
        synchronized (known) {
            byte[] bytes = known.get(document.digest());
            if (bytes != null) {
                return bytes;
            }
        }
        byte[] bytes;
        try (InputStream in = stores.of(target.repository()).open(document)) {
            bytes = in.readNBytes(Manifest.MAX_BYTES + 1);
        }
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new IOException("patch " + target.patch() + ": " + document.digest() + " has more than "
                    + Manifest.MAX_BYTES + " bytes");
        }
        synchronized (known) {
            known.put(document.digest(), bytes);
            if (known.size() > MAX_REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return bytes;
    }
}
