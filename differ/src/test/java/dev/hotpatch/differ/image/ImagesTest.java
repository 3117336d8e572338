package dev.hotpatch.differ.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.fixture.Archives.Tar;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final byte[] LAYER = new Tar().file("a", "1").bytes();
    private static final byte[] CONFIG =
            ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                            + Digest.of(LAYER) + "\"]}}")
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path write(Tar tar) throws IOException {
        return Files.write(folder.resolve("image.tar"), tar.bytes());
    }

    private static Image image(Source source) {
        return ((ImageSource) source).image();
    }

    private static Tar oldForm() {
        return new Tar()
                .file("cfg.json", CONFIG)
                .file("one/layer.tar", LAYER)
                .link("two/layer.tar", "../one/layer.tar")
                .file(
                        "manifest.json",
                        "[{\"Config\":\"cfg.json\",\"RepoTags\":[\"app:1\"],\"Layers\":[\"one/layer.tar\"]},"
                                + "{\"Config\":\"cfg.json\",\"RepoTags\":[\"app:2\"],\"Layers\":[\"two/layer.tar\"]}]");
    }

    @Test
    void readsDockerArchivesWithLinkedLayers() throws IOException {
        Path file = write(oldForm());
        Image image = image(Images.open("docker-archive:" + file + ":app:2", AMD64));
        try (InputStream in = image.layers().get(0).open()) {
            assertEquals(LAYER.length, in.readAllBytes().length);
        }
        assertEquals(
                "image.tar:app:2",
                Images.open("docker-archive:" + file + ":app:2", AMD64).title());
    }

    @Test
    void asksWhichImageOfADockerArchiveIsMeant() throws IOException {
        Path file = write(oldForm());
        NoSuchFileException e =
                assertThrows(NoSuchFileException.class, () -> Images.open("docker-archive:" + file, AMD64));
        assertTrue(String.valueOf(e.getMessage()).contains("[app:1, app:2]"), e.toString());
    }

    private static Tar layout(Manifest manifest) {
        return new Tar()
                .file("blobs/sha256/" + Digest.of(CONFIG).hex(), CONFIG)
                .file("blobs/sha256/" + Digest.of(LAYER).hex(), LAYER)
                .file("blobs/sha256/" + manifest.digest().hex(), manifest.bytes())
                .file("index.json", Index.create(List.of(manifest.descriptor())).bytes());
    }

    private static Manifest manifest() {
        return Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, CONFIG),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER, LAYER)),
                Optional.empty(),
                Map.of("made", "by a registry"));
    }

    @Test
    void readsOciArchives() throws IOException {
        Path file = write(layout(manifest()));
        assertEquals(
                manifest().digest(),
                Images.open("oci-archive:" + file, AMD64)
                        .origin(new TreeMap<>())
                        .digest());
    }

    @Test
    void takesTheManifestThatANewDockerArchiveHas() throws IOException {
        Path file = write(layout(manifest())
                .file(
                        "manifest.json",
                        "[{\"Config\":\"blobs/sha256/" + Digest.of(CONFIG).hex() + "\",\"Layers\":[\"blobs/sha256/"
                                + Digest.of(LAYER).hex() + "\"]}]"));
        assertEquals(
                manifest().digest(),
                Images.open("docker-archive:" + file, AMD64)
                        .origin(new TreeMap<>())
                        .digest());
    }

    @Test
    void refusesArchivesWithAFileTwice() throws IOException {
        Path file = write(new Tar().file("manifest.json", "[]").file("./manifest.json", "[ ]"));
        assertThrows(BadContentException.class, () -> Images.open("docker-archive:" + file, AMD64));
    }

    @Test
    void refusesArchivesThatAreCutShort() throws IOException {
        byte[] whole = oldForm().bytes();
        Path file = Files.write(folder.resolve("cut.tar"), java.util.Arrays.copyOf(whole, 1600));
        assertThrows(IOException.class, () -> Images.open("docker-archive:" + file + ":app:1", AMD64));
    }
}
