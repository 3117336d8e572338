package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder as the OCI image layout lays it out (image-layout.md): {@code oci-layout}, {@code index.json} and
 * {@code blobs/sha256/…}. Everything read is verified; everything written is renamed into place, so that a killed writer leaves
 * either the old or the new state. Writing is for one thread and one process at a time.
 */
public final class OciLayout implements Layout {
    /** The annotation that gives an entry of {@code index.json} its tag. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final byte[] MARKER = JsonWriter.compact(Map.of("imageLayoutVersion", "1.0.0"));

    private final Path folder;

    private OciLayout(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a layout that exists.
     *
     * @throws NoSuchFileException if {@code folder} has no {@code index.json}
     */
    public static OciLayout open(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve("index.json"))) {
            throw new NoSuchFileException(folder.toString(), null, "not an OCI image layout: it has no index.json");
        }
        return new OciLayout(folder);
    }

    /** Opens a layout, after making an empty one if there is none. */
    public static OciLayout create(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("blobs/sha256"));
        OciLayout layout = new OciLayout(folder);
        if (!Files.exists(folder.resolve("index.json"))) {
            layout.replace(folder.resolve("oci-layout"), MARKER);
            layout.replace(folder.resolve("index.json"), Index.create(List.of()).bytes());
        }
        return layout;
    }

    public Path folder() {
        return folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Index index() throws IOException {
        Path file = folder.resolve("index.json");
        try (InputStream in = Files.newInputStream(file)) {
            return Index.parse(in.readNBytes(Manifest.MAX_BYTES + 1));
        }
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return new VerifyingInputStream(Files.newInputStream(blob(descriptor.digest())), descriptor);
    }

    /** True if a blob of that name is there; its content is not looked at. */
    public boolean has(Digest digest) {
        return Files.isRegularFile(blob(digest));
    }

    /** Stores {@code content}. */
    public Descriptor write(String mediaType, byte[] content) throws IOException {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        if (!has(descriptor.digest())) {
            replace(blob(descriptor.digest()), content);
        }
        return descriptor;
    }

    /** Stores what {@code in} gives if it is what {@code descriptor} promises; does not close it. */
    public void write(Descriptor descriptor, InputStream in) throws IOException {
        Path target = blob(descriptor.digest());
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            Files.copy(new VerifyingInputStream(in, descriptor), partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Enters a stored manifest in {@code index.json}; an earlier entry with the same tag or digest gives way. */
    public void enter(Descriptor manifest, Optional<String> tag) throws IOException {
        Map<String, String> annotations = new LinkedHashMap<>(manifest.annotations());
        tag.ifPresent(name -> annotations.put(REF_NAME, name));
        List<Descriptor> entries = new ArrayList<>();
        for (Descriptor entry : index().manifests()) {
            boolean sameTag =
                    tag.isPresent() && tag.get().equals(entry.annotations().get(REF_NAME));
            if (!sameTag && !entry.digest().equals(manifest.digest())) {
                entries.add(entry);
            }
        }
        entries.add(manifest.withAnnotations(annotations));
        replace(folder.resolve("index.json"), Index.create(entries).bytes());
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs/sha256").resolve(digest.hex());
    }

    private void replace(Path file, byte[] content) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.write(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
