package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rebuilds the layers of one target image, one after the other, and keeps the base's tars open in between. For one thread; whoever
 * made it closes it.
 */
final class LayerRebuilder implements AutoCloseable {
    private final TargetImage target;
    private final PatchStores stores;
    private final BaseTars base;
    private final LayerFolder folder;
    private final MirrorLog log;
    private final Map<Digest, FileChannel> tars = new HashMap<>();

    LayerRebuilder(TargetImage target, PatchStores stores, BaseTars base, LayerFolder folder, MirrorLog log) {
        this.target = target;
        this.stores = stores;
        this.base = base;
        this.folder = folder;
        this.log = log;
    }

    /**
     * Makes sure that the layer is in the folder.
     *
     * @throws FallbackException if it cannot be, with the reason
     */
    Path rebuild(Digest layer) throws FallbackException {
        Descriptor delta = target.deltas().get(layer);
        if (delta == null) {
            throw new IllegalArgumentException("patch " + target.patch() + " has no delta for layer " + layer);
        }
        try {
            Path found = folder.find(layer).orElse(null);
            return found != null ? found : rebuild(layer, delta);
        } catch (FallbackException e) {
            throw e;
        } catch (LayerDeltaException | DigestMismatchException e) {
            throw fallback(Fallback.DELTA_DAMAGED, layer, e);
        } catch (IOException | RuntimeException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw fallback(full ? Fallback.NO_SPACE : Fallback.ERROR, layer, e);
        }
    }

    private Path rebuild(Digest layer, Descriptor delta) throws IOException {
        long start = System.nanoTime();
        Path fetched = Files.createTempFile(folder.scratch(), "delta", ".scratch");
        try {
            folder.makeRoom(delta.size());
            fetch(layer, delta, fetched);
            Path rebuilt;
            try (LayerDeltaFile file = LayerDeltaFile.open(fetched)) {
                expectLayer(layer, file.delta());
                folder.makeRoom(bytesNeeded(file.delta()));
                List<FileChannel> bases = open(layer, file.delta().bases());
                rebuilt = folder.write(layer, out -> LayerRebuild.rebuild(file, bases, folder.scratch(), out));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            log.rebuilt(seconds, delta.size());
            log.say(String.format(
                    Locale.ROOT,
                    "layer %s of %s: rebuilt %d bytes from a delta of %d in %.1f s",
                    layer,
                    target.name(),
                    Files.size(rebuilt),
                    delta.size(),
                    seconds));
            return rebuilt;
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    private void fetch(Digest layer, Descriptor delta, Path file) throws IOException {
        try (InputStream in = stores.of(target.repository()).open(delta)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (DigestMismatchException e) {
            throw e;
        } catch (IOException e) {
            throw fallback(Fallback.DELTA_NOT_HAD, layer, e);
        }
    }

    private void expectLayer(Digest layer, LayerDelta delta) throws FallbackException {
        if (!delta.isExact()) {
            throw new FallbackException(
                    Fallback.TAR_ONLY,
                    "layer " + layer + " of " + target.name()
                            + ": its delta gives back the tar, not the compressed bytes that runtimes ask for",
                    null);
        }
        boolean plain = delta.framing() instanceof LayerDelta.Framing.Plain;
        if (!delta.layer().digest().equals(layer) || (plain && !delta.tar().digest().equals(layer))) {
            throw new FallbackException(
                    Fallback.DELTA_DAMAGED,
                    "patch " + target.patch() + ": the delta for layer " + layer + " is for "
                            + delta.layer().digest(),
                    null);
        }
    }

    /** For the layer and the tars that are not open yet. */
    private long bytesNeeded(LayerDelta delta) {
        return delta.layer().size()
                + delta.bases().stream()
                        .filter(tar -> !tars.containsKey(tar.digest()))
                        .mapToLong(LayerDelta.Content::size)
                        .sum();
    }

    private List<FileChannel> open(Digest layer, List<LayerDelta.Content> wanted) throws IOException {
        List<FileChannel> open = new ArrayList<>();
        for (LayerDelta.Content tar : wanted) {
            FileChannel channel = tars.get(tar.digest());
            if (channel == null) {
                channel = open(layer, tar);
                tars.put(tar.digest(), channel);
            }
            open.add(channel);
        }
        return open;
    }

    private FileChannel open(Digest layer, LayerDelta.Content tar) throws IOException {
        try {
            return base.open(target.base(), tar)
                    .orElseThrow(() -> new FallbackException(
                            Fallback.BASE_MISSING,
                            "layer " + layer + " of " + target.name() + ": the base layer with diff_id " + tar.digest()
                                    + " of " + target.base() + " is not in the runtime's content store;"
                                    + " containerd drops blobs where discard_unpacked_layers is set",
                            null));
        } catch (DigestMismatchException e) {
            throw fallback(Fallback.BASE_MISSING, layer, e);
        }
    }

    private FallbackException fallback(Fallback reason, Digest layer, Exception cause) {
        return new FallbackException(reason, "layer " + layer + " of " + target.name() + ": " + cause, cause);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel tar : tars.values()) {
            tar.close();
        }
    }
}
