package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.nodeagent.linux.Fd;
import dev.hotpatch.nodeagent.linux.FileStatus;
import dev.hotpatch.nodeagent.linux.LinuxException;
import dev.hotpatch.nodeagent.linux.OpenFlag;
import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.image.ImageLayers;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import dev.hotpatch.patchformat.restore.BaseTars;
import dev.hotpatch.patchformat.restore.MissingBaseException;
import dev.hotpatch.patchformat.skeleton.TarSkeleton;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tars of a base image whose layers containerd has unpacked and dropped: put together of the unpacked files and a skeleton from the patch,
 * and verified. Whoever made the layer may have put anything there, links to other places too: only regular files are read, and no
 * link is followed.
 *
 * @param root where containerd keeps its content, as this process sees it
 */
record UnpackedTars(
        ContentStore store, NodeImages runtime, Path root, PatchStores stores, TargetImage target, MirrorLog log)
        implements BaseTars {
    private static final Pattern FOLDER =
            Pattern.compile("/.*/(io\\.containerd\\.snapshotter\\.v1\\.[a-z]+/snapshots/[0-9]+/fs)");

    @Override
    public Optional<InputStream> open(Digest diffId) throws IOException {
        Descriptor skeleton = target.contents().skeletons().get(diffId);
        if (skeleton == null) {
            throw new MissingBaseException("the patch has no tar skeleton of the layer with the diff_id " + diffId);
        }
        Path folder = folder(diffId);
        Fd directory = Fd.openTrusted(folder.toString(), OpenFlag.PATH, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        try {
            TarSkeleton tar = TarSkeleton.open(
                    new ByteArrayInputStream(read(skeleton)), (path, size) -> file(directory, path, size));
            log.say("layer " + diffId + " of the base of " + target.name() + " is put together of the files in "
                    + folder + " and a skeleton of " + skeleton.size() + " bytes");
            return Optional.of(new Closing(new VerifyingInputStream(tar, diffId, tar.size()), directory));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private Path folder(Digest diffId) throws IOException {
        Path unpacked = runtime.unpacked(chainId(diffId))
                .orElseThrow(() -> new MissingBaseException("the layer with the diff_id " + diffId
                        + " is not unpacked here by containerd's overlayfs snapshotter"));
        // The same folder is elsewhere where the root is mounted elsewhere; and nothing but such a folder is ever read.
        Matcher folder = FOLDER.matcher(unpacked.toString());
        if (!folder.matches()) {
            throw new MissingBaseException("the layer with the diff_id " + diffId + " is in " + unpacked
                    + ", which is no folder of a snapshot");
        }
        return root.resolve(folder.group(1));
    }

    /** What containerd names the layer, on those below it, by. */
    private Digest chainId(Digest diffId) throws IOException {
        Optional<byte[]> manifest = store.read(target.base(), Manifest.MAX_BYTES);
        Optional<byte[]> config = manifest.isEmpty()
                ? Optional.empty()
                : store.read(Manifest.parse(manifest.get()).config().digest(), ImageConfig.MAX_BYTES);
        if (config.isEmpty()) {
            throw new MissingBaseException("the manifest or the config of the image " + target.base() + " is not here");
        }
        return ImageLayers.chainId(ImageConfig.parse(config.get()).diffIds(), diffId)
                .orElseThrow(() -> new MissingBaseException(
                        "the image " + target.base() + " has no layer with the diff_id " + diffId));
    }

    private byte[] read(Descriptor skeleton) throws MissingBaseException {
        try (InputStream in = stores.of(target.repository()).open(skeleton)) {
            return in.readNBytes(TarSkeleton.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new MissingBaseException(
                    "the tar skeleton " + skeleton.digest() + " is not to be had: " + e.getMessage());
        }
    }

    private static InputStream file(Fd directory, String path, long size) throws IOException {
        try (Fd file = directory.openBelow(path, OpenFlag.PATH, OpenFlag.NO_FOLLOW)) {
            FileStatus status = file.status();
            if (!status.isRegular() || status.size() != size) {
                throw new MissingBaseException(file + " is not the file of " + size + " bytes that was in the layer");
            }
            return file.content();
        } catch (LinuxException e) {
            throw new MissingBaseException("a file of the layer cannot be read: " + e.getMessage());
        }
    }

    /** Closes the folder, too. */
    private static final class Closing extends FilterInputStream {
        private final Fd directory;

        Closing(InputStream in, Fd directory) {
            super(in);
            this.directory = directory;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                directory.close();
            }
        }
    }
}
