package dev.hotpatch.systemtests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitReader;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.systemtests.jvm.Sources;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What the corpus tool says of a good patch, and of bad ones. */
final class JvmTrialIT {
    @TempDir
    Path folder;

    @Test
    void aGoodPatchIsGood() throws Exception {
        JvmResult result = trial("hello", "goodbye").run(Jdk.running(), liveUnit("hello", "goodbye"));
        assertEquals("", result.problem());
        assertEquals(1, result.loaded());
        assertEquals(1, result.redefined());
        assertEquals(1, result.linked());
    }

    /** The point of linking by force: HotSpot would find it out only when the class is used for the first time. */
    @ParameterizedTest
    @ValueSource(ints = {8, 11, 17, 21, 25})
    void aNewClassThatTheVerifierRefusesIsFound(int feature) throws Exception {
        Optional<Jdk> jdk = Jdk.find(feature, CacheFolder.fromEnvironment(System.getenv()));
        assumeTrue(jdk.isPresent(), "no JDK " + feature + "; system-tests/bin/prepare jdks fetches it");
        Path unit = withNewClass(liveUnit("hello", "goodbye"), "Greeter$$hpbad", unverifiable("Greeter$$hpbad"));
        JvmResult result = trial("hello", "goodbye").run(jdk.get(), unit);
        assertFalse(result.isGood());
        assertEquals(1, result.broken().size());
        assertEquals("Greeter$$hpbad", result.broken().get(0).name());
        assertTrue(result.problem().contains("VerifyError"), result.problem());
    }

    @Test
    void aPatchForAnotherBaseIsRefused() throws Exception {
        JvmResult result = trial("hello", "goodbye").run(Jdk.running(), liveUnit("welcome", "goodbye"));
        assertFalse(result.isGood());
        assertTrue(result.problem().contains("class-mismatch"), result.problem());
    }

    private JvmTrial trial(String from, String to) throws Exception {
        return new JvmTrial(folder, Sources.greeter(folder, from), Sources.greeter(folder, to), List.of());
    }

    private Path liveUnit(String from, String to) throws Exception {
        return LibraryPatch.build(Sources.greeter(folder, from), Sources.greeter(folder, to), folder)
                .liveUnitOrThrow();
    }

    private Path withNewClass(Path unit, String name, byte[] bytes) throws Exception {
        Map<Digest, byte[]> files = new HashMap<>();
        files.put(Digest.of(bytes), bytes);
        LiveIndex index;
        try (InputStream in = Files.newInputStream(unit)) {
            index = LiveUnitReader.read(in, files::put);
        }
        Path changed = folder.resolve("changed.zip");
        try (OutputStream out = Files.newOutputStream(changed)) {
            LiveUnitWriter.write(withAdded(index, name, Digest.of(bytes)), files::get, out);
        }
        return changed;
    }

    private static LiveIndex withAdded(LiveIndex index, String name, Digest digest) {
        return new LiveIndex(
                index.units(), index.redefine(), index.keep(), List.of(new LiveIndex.Added(name, digest, List.of(0))));
    }

    /** Says that it returns an int, and returns a reference. */
    private static byte[] unverifiable(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "bad", "()I", null, null);
        method.visitCode();
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
