package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.image.ImageLayers;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Tars from the compressed layers in the content store, uncompressed into files that are gone when they are closed. */
final class ContentStoreTars implements BaseTars {
    private final ContentStore store;
    private final Path scratch;

    /** With a folder for the uncompressed files. */
    ContentStoreTars(ContentStore store, Path scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    @Override
    public Optional<FileChannel> open(Digest base, LayerDelta.Content tar) throws IOException {
        Optional<Digest> stored = storedLayer(base, tar.digest());
        Optional<InputStream> layer = stored.isEmpty() ? Optional.empty() : store.open(stored.get());
        if (layer.isEmpty()) {
            return Optional.empty();
        }
        Path file = Files.createTempFile(scratch, "tar", ".scratch");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        // More bytes than promised, or others, end in an exception: a layer that inflates without end does not fill the disk.
        try (InputStream in = new VerifyingInputStream(
                Compression.decompress(layer.get()), tar.digest(), tar.size())) {
            var unused = in.transferTo(Channels.newOutputStream(channel));
            return Optional.of(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The digest of the layer as it is stored, whose diff_id is {@code diffId}. */
    private Optional<Digest> storedLayer(Digest base, Digest diffId) throws IOException {
        Optional<byte[]> bytes = store.read(base, Manifest.MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(bytes.get());
        Optional<byte[]> configBytes = store.read(manifest.config().digest(), ImageConfig.MAX_BYTES);
        if (configBytes.isEmpty()) {
            return Optional.empty();
        }
        ImageConfig config = ImageConfig.parse(configBytes.get());
        for (int i = 0; i < manifest.layers().size(); i++) {
            if (ImageLayers.diffId(base.toString(), manifest, config, i).equals(diffId)) {
                return Optional.of(manifest.layers().get(i).digest());
            }
        }
        return Optional.empty();
    }
}
