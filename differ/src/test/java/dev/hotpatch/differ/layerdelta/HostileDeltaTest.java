package dev.hotpatch.differ.layerdelta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.layerdelta.BaseTar;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaWriter;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.layerdelta.Op;
import dev.hotpatch.patchformat.layerdelta.Source;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas whose steps are well-formed and wrong: deeper than damaged bytes get. */
final class HostileDeltaTest {
    private static final int MUTANTS = 150;
    private static final long SEED = 11;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final byte[] oldTar = tar("1.0", StepMutation.class);
    private final byte[] newTar = tar("1.1", HostileDeltaTest.class);
    private final List<Op> ops = new ArrayList<>();
    private final LayerDelta.Content base = new LayerDelta.Content(Digest.of(oldTar), oldTar.length);
    private final LayerDelta.Content tar = new LayerDelta.Content(Digest.of(newTar), newTar.length);

    @SuppressWarnings("NullAway.Init") // before each test
    private List<byte[]> codes;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path scratch;

    private static byte[] tar(String version, Class<?> changed) {
        byte[] noise = new byte[3_000];
        new Random(3).nextBytes(noise);
        Map<String, byte[]> inner = new LinkedHashMap<>();
        inner.put("a/Same.class", classFile(LayerDeltaEncoderTest.class));
        inner.put("a/Changed.class", classFile(changed));
        inner.put("a/text", Archives.text("version " + version));
        Map<String, byte[]> outer = new LinkedHashMap<>();
        outer.put("lib/foo-" + version + ".jar", Archives.jar(inner));
        outer.put("noise", noise);
        return new Archives.Tar()
                .file("app/stored.jar", Archives.jar(outer, true))
                .file("app/deflated.jar", Archives.jar(outer, false))
                .file("app/notes", "notes of " + version)
                .bytes();
    }

    private static byte[] classFile(Class<?> type) {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void makeSteps() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        try (Scratch temporary = new Scratch(folder);
                Groups groups = new Groups(ops, 1)) {
            BaseIndex index = new BaseIndex(temporary);
            index.add(file(temporary, oldTar));
            new LayerRecipe(index, temporary, new Parallel(1), groups, ops, Progress.NONE).tar(file(temporary, newTar));
            codes = groups.finish();
        }
        UsedBases used = UsedBases.in(ops, 1);
        List<Op> numbered = used.renumber(ops);
        ops.clear();
        ops.addAll(numbered);
    }

    private static FileChannel file(Scratch temporary, byte[] content) throws IOException {
        FileChannel file = temporary.file();
        Scratch.appending(file).write(content);
        return file;
    }

    private byte[] rebuild(LayerDelta delta, List<Op> steps, List<byte[]> groups, FileChannel oldLayer)
            throws IOException {
        Path file = folder.resolve("delta");
        try (OutputStream out = Files.newOutputStream(file)) {
            LayerDeltaWriter.write(out, delta, steps, groups, StretchFinder::new);
        }
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        try (LayerDeltaFile opened = LayerDeltaFile.open(file)) {
            LayerRebuild.rebuild(opened, List.of(BaseTar.of(oldLayer)), scratch, false, layer);
        }
        return layer.toByteArray();
    }

    private FileChannel oldLayer() throws IOException {
        return FileChannel.open(Files.write(folder.resolve("old.tar"), oldTar));
    }

    private static LayerDelta plain(LayerDelta.Content base, LayerDelta.Content tar) {
        return new LayerDelta(List.of(base), tar, tar, new LayerDelta.Framing.Plain());
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void wrongStepsGiveTheLayerOrAreRefused() throws IOException {
        Random random = new Random(SEED);
        int refused = 0;
        try (FileChannel oldLayer = oldLayer()) {
            assertArrayEquals(newTar, rebuild(plain(base, tar), ops, codes, oldLayer));
            for (int i = 0; i < MUTANTS; i++) {
                List<Op> steps = new ArrayList<>(ops);
                List<byte[]> groups = new ArrayList<>(codes);
                for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                    mutate(steps, groups, random);
                }
                int number = i;
                try {
                    byte[] made = rebuild(plain(base, tar), steps, groups, oldLayer);
                    assertArrayEquals(newTar, made, () -> "mutant " + number);
                } catch (LayerDeltaException | DigestMismatchException expected) {
                    refused++;
                }
                assertTrue(oldLayer.isOpen(), () -> "mutant " + number);
                assertNothingIsLeft();
            }
        }
        assertTrue(refused > MUTANTS / 2, "refused " + refused);
    }

    private static void mutate(List<Op> steps, List<byte[]> groups, Random random) {
        int at = random.nextInt(steps.size());
        switch (random.nextInt(6)) {
            case 0 -> steps.remove(at);
            case 1 -> steps.add(at, steps.get(random.nextInt(steps.size())));
            case 2 -> Collections.swap(steps, at, random.nextInt(steps.size()));
            case 3 -> {
                int number = random.nextInt(groups.size());
                byte[] code = groups.get(number).clone();
                code[random.nextInt(code.length)] ^= (byte) (1 << random.nextInt(8));
                groups.set(number, code);
            }
            default -> steps.set(at, StepMutation.of(steps.get(at), random));
        }
        if (steps.isEmpty()) {
            steps.add(new Op.End());
        }
    }

    /** A layer that a delta fails for is no reason that the next one, from the same base, fails too. */
    @Test
    void leavesTheBaseOpenWhereItFailsWhileContentIsRead() throws IOException {
        List<Op> failing = new ArrayList<>(List.of(new Op.End(), new Op.Group(64 << 20)));
        for (int i = 0; i < 2_000; i++) {
            failing.add(new Op.Known(Source.raw(0, 0, oldTar.length)));
        }
        try (FileChannel oldLayer = oldLayer()) {
            assertThrows(
                    LayerDeltaException.class,
                    () -> rebuild(plain(base, tar), failing, List.of(new byte[0]), oldLayer));
            assertArrayEquals(newTar, rebuild(plain(base, tar), ops, codes, oldLayer));
        }
    }

    /** The compressed layer is written by another thread; what it finds wrong is told as what it is. */
    @Test
    void saysThatALayerIsNotTheOneWhereItTurnsOutTooLong() throws IOException {
        byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
        LayerDelta delta = new LayerDelta(
                List.of(base),
                tar,
                new LayerDelta.Content(Digest.of(newTar), 50),
                new LayerDelta.Framing.Gzip(header, DeflateParameters.stored(500)));
        try (FileChannel oldLayer = oldLayer()) {
            assertThrows(DigestMismatchException.class, () -> rebuild(delta, ops, codes, oldLayer));
        }
        assertNothingIsLeft();
    }
}
