package dev.hotpatch.differ.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.fixture.Archives.Tar;
import dev.hotpatch.differ.fixture.FakeImage;
import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreePairTest {
    @TempDir
    Path temporary;

    private TreePair read(Layer[] base, Layer... target) throws IOException {
        try (Spool spool = Spool.in(temporary, 1 << 20)) {
            return TreePair.read(
                    new ImageSource(FakeImage.of("base", base)),
                    new ImageSource(FakeImage.of("target", target)),
                    new FileStore(spool, Limits.DEFAULT),
                    Progress.NONE,
                    new Parallel(2));
        }
    }

    private FileTree tree(byte[]... tars) throws IOException {
        Layer[] layers = new Layer[tars.length];
        for (int i = 0; i < tars.length; i++) {
            layers[i] = FakeImage.layer(tars[i]);
        }
        return read(new Layer[0], layers).target();
    }

    @Test
    void neverOpensLayersThatBothImagesShare() throws IOException {
        Layer shared = FakeImage.unreadable("the operating system");
        Layer own = FakeImage.layer(new Tar().file("app/b", "2").bytes());
        TreePair pair = read(
                new Layer[] {
                    shared, FakeImage.layer(new Tar().file("app/a", "1").bytes())
                },
                shared,
                own);
        assertEquals(Set.of("app/a"), pair.base().files().keySet());
        assertEquals(Set.of("app/b"), pair.target().files().keySet());
        assertEquals(own.descriptor().size(), pair.changedLayers());
    }

    @Test
    void doesNotOpenASharedLayerAboveAChangedOneEither() throws IOException {
        Layer bottom = FakeImage.unreadable("the operating system");
        Layer top = FakeImage.unreadable("the configuration");
        TreePair pair = read(
                new Layer[] {
                    bottom, FakeImage.layer(new Tar().file("app/a", "1").bytes()), top
                },
                bottom,
                FakeImage.layer(new Tar().file("app/a", "2").bytes()),
                top);
        assertEquals(Set.of("app/a"), pair.target().files().keySet());
    }

    @Test
    void readsSharedLayersWhoseOrderDiffers() throws IOException {
        Layer one = FakeImage.layer(new Tar().file("app/a", "1").bytes());
        Layer two = FakeImage.layer(new Tar().file("app/a", "2").bytes());
        TreePair pair = read(new Layer[] {one, two}, two, one);
        assertEquals(Set.of("app/a"), pair.base().files().keySet());
        assertEquals(0, pair.changedLayers());
    }

    @Test
    void saysWhatWhiteoutsHideOfSharedLayers() throws IOException {
        Layer shared = FakeImage.unreadable("the operating system");
        TreePair pair = read(
                new Layer[] {shared},
                shared,
                FakeImage.layer(new Tar()
                        .file("opt/.wh.tool", "")
                        .file("etc/.wh..wh..opq", "")
                        .bytes()));
        assertEquals(Set.of("opt/tool", "etc"), pair.target().hidden());
    }

    @Test
    void removesWhatWhiteoutsNameFromLowerLayersOnly() throws IOException {
        FileTree tree = tree(
                new Tar().file("a/x", "1").file("a/y", "1").file("b", "1").bytes(),
                new Tar()
                        .file("a/.wh.x", "")
                        .file("a/x/z", "2")
                        .file(".wh.b", "")
                        .bytes());
        assertEquals(Set.of("a/x/z", "a/y"), tree.files().keySet());
    }

    @Test
    void emptiesOpaqueFoldersButKeepsTheSameLayersFiles() throws IOException {
        FileTree tree = tree(
                new Tar().file("a/old", "1").file("ab", "1").bytes(),
                new Tar().file("a/new", "2").file("a/.wh..wh..opq", "").bytes());
        assertEquals(Set.of("a/new", "ab"), tree.files().keySet());
    }

    @Test
    void givesHardLinksTheContentOfTheirTarget() throws IOException {
        FileTree tree = tree(new Tar().file("a", "1").hardLink("b", "./a").bytes());
        assertEquals(
                Digest.of("1".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Objects.requireNonNull(tree.files().get("b")).digest());
    }

    @Test
    void followsLinksToFoldersInsideTheRoot() throws IOException {
        FileTree tree = tree(
                new Tar().link("lib", "/../usr/lib").file("usr/lib/a", "1").bytes(),
                new Tar().file("lib/b", "2").bytes());
        assertEquals(Set.of("lib", "usr/lib/a", "usr/lib/b"), tree.files().keySet());
    }

    @Test
    void replacesLinksByFoldersAndFoldersByFiles() throws IOException {
        FileTree tree = tree(
                new Tar().link("data", "elsewhere").file("x/inner", "1").bytes(),
                new Tar()
                        .folder("data")
                        .file("data/a", "2")
                        .file("x", "now a file")
                        .bytes());
        assertEquals(Set.of("data/a", "x"), tree.files().keySet());
    }

    @Test
    void readsGzipAndZstdLayers() throws IOException {
        byte[] tar = new Tar().file("a", "1").bytes();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(tar);
        }
        byte[] other = new Tar().file("b", "2").bytes();
        FileTree tree = read(
                        new Layer[0],
                        FakeImage.layer(tar, gzip.toByteArray()),
                        FakeImage.layer(other, Zstd.compress(other)))
                .target();
        assertEquals(Set.of("a", "b"), tree.files().keySet());
    }

    @Test
    void refusesPathsThatLeaveTheRoot() {
        BadContentException e = assertThrows(
                BadContentException.class,
                () -> tree(new Tar().file("a/../../etc/passwd", "x").bytes()));
        assertTrue(String.valueOf(e.getMessage()).contains("leaves its folder"), e.toString());
    }

    @Test
    void refusesRingsOfLinks() {
        assertThrows(
                BadContentException.class,
                () -> tree(
                        new Tar().link("a", "b").link("b", "a").file("a/x", "1").bytes()));
    }

    @Test
    void refusesHardLinksToNothing() {
        assertThrows(
                BadContentException.class,
                () -> tree(new Tar().hardLink("b", "a").bytes()));
    }
}
