package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.restore.BaseTars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerRebuildsTest {
    private final StoreInMemory store = new StoreInMemory();
    private final Metrics metrics = new Metrics();
    private final List<String> said = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

    @TempDir
    Path scratch;

    private SampleImages images;
    private LayerRebuilds rebuilds;

    @BeforeEach
    void open() throws IOException {
        images = new SampleImages();
        images.pullBase(root());
        store.put(images.delta());
        rebuilds = open(10 << 20);
    }

    @AfterEach
    void close() {
        rebuilds.close();
    }

    private LayerRebuilds open(long maxBytes) throws IOException {
        return open(maxBytes, target -> new ContentStoreTars(new ContentStore(root()), target.base()));
    }

    private LayerRebuilds open(long maxBytes, Function<TargetImage, BaseTars> bases) throws IOException {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        LayerFolder folder = LayerFolder.open(layers(), maxBytes, Duration.ofHours(1), clock);
        MirrorLog log = new MirrorLog(metrics, line -> {
            synchronized (said) {
                said.add(line);
            }
        });
        return new LayerRebuilds(repository -> store, bases, folder, log, clock);
    }

    private Path root() {
        return scratch.resolve("containerd");
    }

    private Path layers() {
        return scratch.resolve("layers");
    }

    private Path rebuild(TargetImage target) throws Exception {
        return rebuilds.layer(target, images.plan(LayerDecision.DELTA)).get(30, TimeUnit.SECONDS);
    }

    private Fallback fails(TargetImage target) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> rebuild(target));
        return assertInstanceOf(FallbackException.class, e.getCause()).reason();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(layers())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void rebuildsTheLayerWithItsOwnDigestAndLeavesNothingElse() throws Exception {
        Path rebuilt = rebuild(images.described(images.delta()));
        assertArrayEquals(images.targetLayer, Files.readAllBytes(rebuilt));
        rebuilds.close();
        assertEquals(List.of(images.layer().hex()), files());
        assertTrue(metrics.render().contains("hotpatch_mirror_layers_rebuilt_total 1\n"), metrics.render());
    }

    @Test
    void allWhoAskShareOneRebuild() throws Exception {
        TargetImage target = images.described(images.delta());
        CompletableFuture<Path> first = rebuilds.layer(target, images.plan(LayerDecision.DELTA));
        assertSame(first, rebuilds.layer(target, images.plan(LayerDecision.DELTA)));
        Path file = first.get(30, TimeUnit.SECONDS);
        assertSame(first, rebuilds.layer(target, images.plan(LayerDecision.DELTA)));
        Files.delete(file);
        assertNotSame(first, rebuilds.layer(target, images.plan(LayerDecision.DELTA)));
        assertArrayEquals(images.targetLayer, Files.readAllBytes(rebuild(target)));
    }

    @Test
    void aDeltaThatIsNotTheSignedOneIsNotUsed() throws Exception {
        byte[] other = images.delta();
        other[other.length - 1] ^= 1;
        store.blobs.put(Digest.of(images.delta()), other);
        assertEquals(Fallback.MISMATCH, fails(images.described(images.delta())));
        assertEquals(List.of(), files());
    }

    @Test
    void aDeltaThatIsSignedAndBrokenIsNotUsed() throws Exception {
        byte[] broken = Arrays.copyOf(images.delta(), images.delta().length - 1);
        store.put(broken);
        assertEquals(Fallback.MISMATCH, fails(images.described(broken)));
        assertEquals(List.of(), files());
    }

    @Test
    void aDeltaThatGivesLessThanThePlanSaysIsNotUsed() throws Exception {
        store.put(images.tarOnlyDelta());
        assertEquals(Fallback.MISMATCH, fails(images.described(images.tarOnlyDelta())));
    }

    @Test
    void saysThatTheRuntimeHasDroppedTheBaseLayer() throws Exception {
        images.discardBase(root());
        assertEquals(Fallback.BASE_MISSING, fails(images.described(images.delta())));
        assertTrue(said.toString().contains("discard_unpacked_layers"), said.toString());
    }

    @Test
    void aBaseLayerThatIsDamagedOnDiskIsNotUsed() throws Exception {
        Path blob = root().resolve("io.containerd.content.v1.content/blobs/sha256/"
                + Digest.of(images.baseLayer).hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
        assertEquals(Fallback.MISMATCH, fails(images.described(images.delta())));
        assertEquals(List.of(), files());
    }

    @Test
    void aRegistryThatIsGoneIsTriedAgainAfterAWhile() throws Exception {
        store.gone = true;
        TargetImage target = images.described(images.delta());
        assertEquals(Fallback.DELTA_NOT_HAD, fails(target));
        store.gone = false;
        assertEquals(Fallback.DELTA_NOT_HAD, fails(target));
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(2)));
        assertArrayEquals(images.targetLayer, Files.readAllBytes(rebuild(target)));
    }

    @Test
    void whatIsTooLargeForTheFolderIsNotBegun() throws Exception {
        rebuilds.close();
        rebuilds = open(images.baseTar.length);
        assertEquals(Fallback.NO_SPACE, fails(images.described(images.delta())));
        assertEquals(List.of(), files());
    }

    @Test
    void whereTheDiskFillsInTheMiddleNothingIsLeftOver() throws Exception {
        rebuilds.close();
        byte[] half = Arrays.copyOf(images.baseTar, images.baseTar.length / 2);
        InputStream full = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        rebuilds = open(
                10 << 20,
                target -> diffId -> Optional.of(new SequenceInputStream(new ByteArrayInputStream(half), full)));
        assertEquals(Fallback.NO_SPACE, fails(images.described(images.delta())));
        rebuilds.close();
        assertEquals(List.of(), files());
        assertTrue(said.toString().contains("No space left"), said.toString());
    }
}
