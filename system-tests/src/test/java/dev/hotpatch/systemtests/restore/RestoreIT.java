package dev.hotpatch.systemtests.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.systemtests.environment.Judge;
import dev.hotpatch.systemtests.environment.Requirement;
import dev.hotpatch.systemtests.golang.GoProgram;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is the image that {@code restore} makes of the old image and a patch the very one that was built, whoever built it? */
final class RestoreIT {
    private static final int NOT_FOUND = 4;
    private static final int CANNOT_GO_LIVE = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void makeAKey() throws Exception {
        bench = new Workbench(folder);
    }

    @Test
    void anImageOfJibComesBackWithItsOwnDigest() throws Exception {
        Releases releases = Releases.live();
        JibImage.ofFiles(releases.before(), Releases.CACHE).writeOciArchive(folder.resolve("old.tar"), "app:1");
        BuiltImage target =
                JibImage.ofFiles(releases.after(), Releases.CACHE).writeOciArchive(folder.resolve("new.tar"), "app:2");

        bench.build(0, "oci-archive:old.tar", "oci-archive:new.tar");

        assertEquals(List.of("base", "delta"), Workbench.decisions(bench.explained(0)));
        assertExact(Digest.parse(target.manifestDigest()), "oci-archive:old.tar");
    }

    @Test
    void anImageCompressedByGoComesBackWithItsOwnDigest() throws Exception {
        Releases releases = Releases.live();
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = compressedByGo("new", releases.after(), "-1");

        bench.build(0, base.reference(), target.reference());

        assertEquals(List.of("base", "delta"), Workbench.decisions(bench.explained(0)));
        assertExact(target.manifest(), base.reference());
    }

    /** The new image comes from another builder than the old one: the base's compression does not matter. */
    @Test
    void anImageCompressedByGoAtBestSpeedComesBackFromOneOfAnotherBuilder() throws Exception {
        Releases releases = Releases.live();
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = compressedByGo("new", releases.after(), "1");

        bench.build(0, base.reference(), target.reference());

        assertEquals(List.of("delta", "delta"), Workbench.decisions(bench.explained(0)));
        assertExact(target.manifest(), base.reference());
    }

    @Test
    void anImageOfDebiansSkopeoComesBackWithItsOwnDigest() throws Exception {
        Requirement.rootWith("skopeo");
        skopeoLayersComeBack((from, to) -> {
            try (RunningProcess skopeo =
                    RunningProcess.start(List.of("skopeo", "--insecure-policy", "copy", from, to), Map.of())) {
                assertEquals(0, skopeo.exitCode(PATIENCE), () -> String.join("\n", skopeo.output()));
            }
        });
    }

    @Test
    void anImageOfANewerSkopeoComesBackWithItsOwnDigest() throws Exception {
        skopeoLayersComeBack((from, to) -> {
            Judge.Verdict said = Judge.SKOPEO.run(folder, "--insecure-policy", "copy", from, to);
            assertTrue(said.agrees(), said.output());
        });
    }

    @Test
    void anImageThatBuildahHasBuiltComesBackWithItsOwnDigest() throws Exception {
        Requirement.rootWith("buildah");
        Buildah buildah = new Buildah(folder);
        Releases releases = Releases.live();
        layersComeBack(buildah.build("old", releases.before()), buildah.build("new", releases.after()));
    }

    /** GNU gzip's own compressor is not among those that are known. */
    @Test
    void anImageOfAnUnknownBuilderComesBackUncompressedAndSaysSo() throws Exception {
        comesBackUncompressed(MediaTypes.OCI_LAYER_GZIP, tar -> compressed(tar, "gzip", "--no-name"));
    }

    @Test
    void anImageCompressedByZstdComesBackUncompressedAndSaysSo() throws Exception {
        Requirement.rootWith("zstd");
        comesBackUncompressed(MediaTypes.OCI_LAYER_ZSTD, tar -> compressed(tar, "zstd", "--quiet"));
    }

    private void comesBackUncompressed(String mediaType, LayoutImage.Packer packer) throws Exception {
        Releases releases = Releases.small();
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = LayoutImage.write(folder.resolve("new"), releases.after(), mediaType, packer);

        bench.build(0, base.reference(), target.reference());

        assertEquals(List.of("tar-delta", "tar-delta"), Workbench.decisions(bench.explained(0)));
        Path out = folder.resolve("out");
        HotpatchCommand.Outcome restored = bench.restore(0, base.reference(), out);
        assertFalse(restored.json().bool("exact", true));
        assertEquals(List.of("tar-delta", "tar-delta"), Workbench.origins(restored));
        Manifest made = LayoutImage.of(out).verified();
        assertNotEquals(target.manifest(), made.digest());
        assertEquals(target.verified().config(), made.config(), "the config, which is the image's id");
    }

    @Test
    void refusesAnotherBase() throws Exception {
        Releases releases = Releases.small();
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = compressedByGo("new", releases.after(), "-1");
        bench.build(0, base.reference(), target.reference());

        bench.restore(NOT_FOUND, target.reference(), folder.resolve("out"));

        assertFalse(Files.exists(folder.resolve("out/index.json"))
                && !OciLayout.open(folder.resolve("out")).index().manifests().isEmpty());
    }

    @Test
    void pullsALayerInFullWhoseDeltaIsDamagedAndSaysSo() throws Exception {
        try (DockerRegistryFixture registry = DockerRegistryFixture.start()) {
            Releases releases = Releases.small();
            String repository = registry.host() + "/shop/app";
            BuiltImage base =
                    JibImage.ofFiles(releases.before(), Releases.CACHE).push(repository + ":1");
            BuiltImage target =
                    JibImage.ofFiles(releases.after(), Releases.CACHE).push(repository + ":2");
            JsonObject built = bench.build(
                    0,
                    base.byDigest(),
                    target.byDigest(),
                    "--push",
                    repository,
                    "-o",
                    bench.patchLayout().toString());
            String patch = repository + "@" + built.string("patch", 100);
            HotpatchCommand.Outcome whole = bench.restoreFrom(patch, 0, base.byDigest(), folder.resolve("whole"));
            assertEquals(List.of("base", "delta"), Workbench.origins(whole));

            Workbench.damageDelta(patchManifest(), registry.storage());
            HotpatchCommand.Outcome fallback = bench.restoreFrom(patch, 0, base.byDigest(), folder.resolve("fallback"));

            assertEquals(List.of("base", "full"), Workbench.origins(fallback));
            String trouble = fallback.json().objects("layers", 2).get(1).string("trouble", 9999);
            assertTrue(trouble.contains("expected content with digest"), trouble);
            LayoutImage made = LayoutImage.of(folder.resolve("fallback"));
            assertEquals(target.manifestDigest(), made.verified().digest().toString());
        }
    }

    @Test
    void failsWhereADeltaIsDamagedAndNoRegistryIsNamed() throws Exception {
        Releases releases = Releases.small();
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = compressedByGo("new", releases.after(), "-1");
        bench.build(0, base.reference(), target.reference());
        Workbench.damageDelta(patchManifest(), bench.patchLayout());

        Path out = folder.resolve("out");
        HotpatchCommand.Outcome failed = bench.restore(1, base.reference(), out);

        assertTrue(failed.output().contains("--full"), failed.output());
        assertEquals(List.of(), OciLayout.open(out).index().manifests(), "no image is there");
    }

    @Test
    void aPatchWhoseClassesAreBlockedHasItsDeltas() throws Exception {
        Releases releases = Releases.blocked();
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = compressedByGo("new", releases.after(), "-1");

        bench.build(CANNOT_GO_LIVE, base.reference(), target.reference());

        assertEquals(List.of("base", "delta"), Workbench.decisions(bench.explained(CANNOT_GO_LIVE)));
        assertExact(target.manifest(), base.reference());
    }

    @Test
    void leavesOutTheDeltaOfALayerOfRandomBytes() throws Exception {
        byte[] noise = new byte[100_000];
        new Random(5).nextBytes(noise);
        Path file = Files.write(folder.resolve("noise"), noise);
        Releases releases = Releases.small().with(Map.of("/app/noise", file));
        LayoutImage base = compressedByGo("old", releases.before(), "-1");
        LayoutImage target = compressedByGo("new", releases.after(), "-1");

        bench.build(0, base.reference(), target.reference());

        List<JsonObject> layers = bench.explained(0);
        assertEquals(List.of("base", "delta", "full"), Workbench.decisions(layers));
        assertEquals("delta-too-large", layers.get(2).object("reason").string("code", 100));
    }

    /** Copies an image from one layout to another and compresses it on the way. */
    private interface Copy {
        void run(String from, String to) throws IOException, InterruptedException;
    }

    private void skopeoLayersComeBack(Copy skopeo) throws Exception {
        Releases releases = Releases.live();
        layersComeBack(copied(skopeo, "old", releases.before()), copied(skopeo, "new", releases.after()));
    }

    /** All but the first, which both have. */
    private void layersComeBack(LayoutImage base, LayoutImage target) throws Exception {
        assertEquals(MediaTypes.OCI_LAYER_GZIP, target.layers().get(1).mediaType());

        bench.build(0, base.reference(), target.reference());

        assertEquals(List.of("base", "delta"), Workbench.decisions(bench.explained(0)));
        assertExact(target.manifest(), base.reference());
    }

    private LayoutImage copied(Copy skopeo, String name, List<Map<String, Path>> layers) throws Exception {
        Path plain = folder.resolve(name + "-plain");
        LayoutImage written = LayoutImage.write(plain, layers, MediaTypes.OCI_LAYER, tar -> tar);
        skopeo.run(written.reference() + ":latest", "oci:" + folder.resolve(name) + ":latest");
        return LayoutImage.of(folder.resolve(name));
    }

    private LayoutImage compressedByGo(String name, List<Map<String, Path>> layers, String level) throws Exception {
        Requirement.rootWith("go");
        Path program = folder.resolve("go/gzip");
        if (!Files.exists(program)) {
            program = GoProgram.build(RestoreIT.class, "gzip", Files.createDirectory(folder.resolve("go")));
        }
        Path gzip = program;
        return LayoutImage.write(folder.resolve(name), layers, MediaTypes.OCI_LAYER_GZIP, tar -> {
            Path in = Files.write(folder.resolve("layer.tar"), tar);
            Path out = folder.resolve("layer.tar.gz");
            run(new ProcessBuilder(gzip.toString(), level, in.toString(), out.toString()));
            return Files.readAllBytes(out);
        });
    }

    private byte[] compressed(byte[] tar, String program, String option) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("layer.tar"), tar);
        Path out = folder.resolve("layer.tar.compressed");
        run(new ProcessBuilder(program, option, "--stdout", in.toString()).redirectOutput(out.toFile()));
        return Files.readAllBytes(out);
    }

    private static void run(ProcessBuilder process) throws IOException, InterruptedException {
        int code =
                process.redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
        assertEquals(0, code, () -> "exit code of " + process.command());
    }

    private Manifest patchManifest() throws IOException {
        OciLayout layout = OciLayout.open(bench.patchLayout());
        return Manifest.parse(layout.read(layout.find(Optional.empty()), Manifest.MAX_BYTES));
    }

    /** The patch in the layout is whole, and gives back an image with that digest, all of whose blobs are there. */
    private void assertExact(Digest target, String base) throws Exception {
        bench.verify();
        Path out = folder.resolve("out");
        HotpatchCommand.Outcome restored = bench.restore(0, base, out);
        assertTrue(restored.json().bool("exact", false), restored.output());
        assertEquals(target, LayoutImage.of(out).verified().digest());
        assertFalse(Workbench.origins(restored).contains("full"), restored.output());
    }
}
