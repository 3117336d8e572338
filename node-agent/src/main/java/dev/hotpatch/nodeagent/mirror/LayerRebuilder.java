package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.restore.BaseTars;
import dev.hotpatch.patchformat.restore.LayerRestore;
import dev.hotpatch.patchformat.restore.MissingBaseException;
import dev.hotpatch.patchformat.restore.MissingDeltaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** Rebuilds the layers of one target image, one after the other. For one thread; whoever made it closes it. */
final class LayerRebuilder implements AutoCloseable {
    private final TargetImage target;
    private final PatchStores stores;
    private final LayerFolder folder;
    private final MirrorLog log;
    private final LayerRestore restore;

    LayerRebuilder(TargetImage target, PatchStores stores, BaseTars base, LayerFolder folder, MirrorLog log) {
        this.target = target;
        this.stores = stores;
        this.folder = folder;
        this.log = log;
        this.restore = new LayerRestore(target.contents(), this::delta, base, folder.scratch(), folder::makeRoom);
    }

    /**
     * Makes sure that a layer is in the folder, which the target {@link TargetImage#gives}.
     *
     * @throws FallbackException if it cannot be, with the reason
     */
    Path rebuild(LayerPlan layer) throws FallbackException {
        try {
            Optional<Path> found = folder.find(layer.digest());
            return found.isPresent() ? found.get() : write(layer);
        } catch (FallbackException e) {
            throw e;
        } catch (MissingDeltaException e) {
            throw new FallbackException(Fallback.DELTA_NOT_HAD, about(layer) + e.getMessage(), e);
        } catch (MissingBaseException e) {
            throw new FallbackException(
                    Fallback.BASE_MISSING,
                    about(layer)
                            + "containerd's content store lacks the base; it drops layers that it has unpacked where"
                            + " discard_unpacked_layers is set: " + e.getMessage(),
                    e);
        } catch (LayerDeltaException | DigestMismatchException | ZipException e) {
            throw new FallbackException(Fallback.MISMATCH, about(layer) + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw new FallbackException(full ? Fallback.NO_SPACE : Fallback.ERROR, about(layer) + e, e);
        }
    }

    private Path write(LayerPlan layer) throws IOException {
        long start = System.nanoTime();
        Path file = folder.write(layer.digest(), target -> {
            var unused = restore.restore(layer, target);
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        Descriptor delta = target.contents().deltas().get(layer.digest());
        long fetched = delta == null ? 0 : delta.size();
        log.rebuilt(seconds, fetched);
        log.say(String.format(
                Locale.ROOT,
                "rebuilt layer %s of %s: %d bytes from a delta of %d in %.1f s",
                layer.digest(),
                target.name(),
                Files.size(file),
                fetched,
                seconds));
        return file;
    }

    private InputStream delta(Descriptor delta) throws IOException {
        return stores.of(target.repository()).open(delta);
    }

    private String about(LayerPlan layer) {
        return "layer " + layer.digest() + " of " + target.name() + ": ";
    }

    @Override
    public void close() throws IOException {
        restore.close();
    }
}
