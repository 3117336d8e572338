package dev.hotpatch.differ.image;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.tar.TarIndex;
import dev.hotpatch.differ.tar.TarMember;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code docker save} writes: {@code manifest.json} names a config and layer tars for each image. Newer versions lay the same files
 * out as an OCI layout, too; then the image's own manifest is in it, otherwise one is made up, and nodes know the image by its config's
 * digest only.
 */
final class DockerArchive {
    private static final int MAX_IMAGES = 1000;
    private static final int MAX_LAYERS = 1024;
    private static final int MAX_NAME = 4096;

    private record DockerImage(
            String name, Manifest manifest, ImageConfig config, Optional<Digest> indexDigest, List<Layer> layers)
            implements Image {}

    private record ArchivedLayer(TarIndex tar, String path, Descriptor descriptor, Digest diffId) implements Layer {
        @Override
        public InputStream open() throws IOException {
            return new VerifyingInputStream(tar.open(path), descriptor);
        }
    }

    private DockerArchive() {}

    static Image open(TarIndex tar, Optional<String> reference, String name) throws IOException {
        JsonObject entry = choose(tar, reference);
        byte[] configBytes = tar.read(path(tar, entry.string("Config", MAX_NAME)), ImageConfig.MAX_BYTES);
        ImageConfig config = ImageConfig.parse(configBytes);
        List<String> paths = entry.strings("Layers", MAX_LAYERS, MAX_NAME);
        if (paths.size() != config.diffIds().size()) {
            throw new BadContentException(tar.file() + ": manifest.json names " + paths.size() + " layers, the config "
                    + config.diffIds().size());
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = path(tar, paths.get(i));
            layers.add(new ArchivedLayer(
                    tar,
                    path,
                    describe(tar, path, config.diffIds().get(i)),
                    config.diffIds().get(i)));
        }
        List<Descriptor> descriptors = layers.stream().map(Layer::descriptor).toList();
        Optional<Manifest> own = manifest(tar, config.digest(), descriptors);
        Manifest manifest = own.isPresent()
                ? own.get()
                : Manifest.create(
                        Optional.empty(),
                        Descriptor.of(MediaTypes.DOCKER_CONFIG, configBytes),
                        descriptors,
                        Optional.empty(),
                        Map.of());
        return new DockerImage(name, manifest, config, Optional.empty(), layers);
    }

    private static JsonObject choose(TarIndex tar, Optional<String> reference) throws IOException {
        // A JSON array; the reader of objects takes it as the only field of one.
        ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
        wrapped.writeBytes("{\"images\":".getBytes(StandardCharsets.UTF_8));
        wrapped.writeBytes(tar.read("manifest.json", Manifest.MAX_BYTES));
        wrapped.write('}');
        List<JsonObject> entries = JsonObject.parse(wrapped.toByteArray(), tar.file() + ": manifest.json")
                .objects("images", MAX_IMAGES);
        List<JsonObject> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonObject entry : entries) {
            List<String> tags = entry.strings("RepoTags", MAX_IMAGES, MAX_NAME);
            names.addAll(tags);
            if (reference.isEmpty() || tags.contains(reference.get())) {
                found.add(entry);
            }
        }
        if (found.size() != 1) {
            throw new NoSuchFileException(
                    tar.file().toString(),
                    null,
                    (reference.isPresent() ? "no image " + reference.get() : found.size() + " images, expected one")
                            + "; it has " + names + ", name one as docker-archive:" + tar.file() + ":REPOSITORY:TAG");
        }
        return found.get(0);
    }

    private static String path(TarIndex tar, String written) throws BadContentException {
        return MemberPath.normalise(written, tar.file() + ": manifest.json");
    }

    /** Layers are stored plain, so that the config has their digest, or by some tools compressed. */
    private static Descriptor describe(TarIndex tar, String path, Digest diffId) throws IOException {
        TarMember member = tar.find(path)
                .orElseThrow(() -> new BadContentException(tar.file() + ": the layer " + path + " is missing"));
        try (InputStream in = tar.open(path)) {
            byte[] head = in.readNBytes(4);
            boolean gzip = head.length == 4 && head[0] == 0x1f && head[1] == (byte) 0x8b;
            boolean zstd = head.length == 4 && head[0] == 0x28 && head[1] == (byte) 0xb5 && head[2] == 0x2f;
            if (!gzip && !zstd) {
                return Descriptor.of(MediaTypes.OCI_LAYER, diffId, member.size());
            }
            MessageDigest sha256 = Digest.sha256();
            sha256.update(head);
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
            return Descriptor.of(
                    gzip ? MediaTypes.DOCKER_LAYER_GZIP : MediaTypes.OCI_LAYER_ZSTD,
                    Digest.finish(sha256),
                    member.size());
        }
    }

    private static Optional<Manifest> manifest(TarIndex tar, Digest config, List<Descriptor> layers)
            throws IOException {
        if (tar.find("index.json").isEmpty()) {
            return Optional.empty();
        }
        ArchivedLayout layout = new ArchivedLayout(tar);
        for (Descriptor entry : candidates(layout)) {
            Manifest manifest = Manifest.parse(layout.read(entry, Manifest.MAX_BYTES));
            List<Digest> digests =
                    manifest.layers().stream().map(Descriptor::digest).toList();
            if (manifest.config().digest().equals(config)
                    && digests.equals(layers.stream().map(Descriptor::digest).toList())) {
                return Optional.of(manifest);
            }
        }
        return Optional.empty();
    }

    private static List<Descriptor> candidates(ArchivedLayout layout) throws IOException {
        List<Descriptor> manifests = new ArrayList<>();
        for (Descriptor entry : layout.index().manifests()) {
            if (MediaTypes.isManifest(entry.mediaType())) {
                manifests.add(entry);
            } else if (MediaTypes.isIndex(entry.mediaType())) {
                Index.parse(layout.read(entry, Manifest.MAX_BYTES)).manifests().stream()
                        .filter(inner -> MediaTypes.isManifest(inner.mediaType()))
                        .forEach(manifests::add);
            }
        }
        // Attestations and other platforms are listed but need not be in the archive.
        List<Descriptor> present = new ArrayList<>();
        for (Descriptor entry : manifests) {
            if (layout.tar().find("blobs/sha256/" + entry.digest().hex()).isPresent()) {
                present.add(entry);
            }
        }
        return present;
    }
}
