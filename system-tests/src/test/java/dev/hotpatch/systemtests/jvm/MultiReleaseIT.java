package dev.hotpatch.systemtests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One patch of a multi-release jar gives JVMs of each release of Java what the new jar has for them. */
final class MultiReleaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WORD = "public class Word { public static String word() { return \"%s\"; } }";
    private static final String SAYING =
            "public class Saying { public static String say() { return %s; } static String more() { return Word.word(); } }";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {8, 11, 17, 21, 25})
    void givesEachReleaseItsForms(int feature) throws Exception {
        Optional<Jdk> jdk = Jdk.find(feature, CacheFolder.fromEnvironment(System.getenv()));
        assumeTrue(jdk.isPresent(), "no JDK " + feature + "; system-tests/bin/prepare jdks fetches it");
        Path old = jar("old", "public class Saying { public static String say() { return \"old\"; } }", "");
        Path now = jar("now", SAYING.formatted("more()"), SAYING.formatted("more() + '!'"));
        LibraryPatch patch = LibraryPatch.build(old, now, folder);
        String before = feature == 8 ? "old" : "form of old";
        String after = feature == 8 ? "new" : "form of new!";
        try (ChildJvm child = ChildJvm.start(jdk.get(), folder, List.of(), List.of(asker(), old), List.of("Asker"));
                AttachedHook hook = child.hook()) {
            for (int cycle = 0; cycle < 2; cycle++) {
                assertEquals(before, child.ask("", PATIENCE));
                HookState applied = hook.apply(patch.liveUnitOrThrow());
                assertEquals("ok", applied.code(), applied.message());
                assertEquals(after, child.ask("", PATIENCE));
                assertEquals("ok", hook.rollback().code());
            }
            assertEquals(before, child.ask("", PATIENCE));
        }
    }

    /** A program that answers every line with what the library says. */
    private Path asker() throws IOException {
        Path library = Sources.jar(
                folder,
                "stub",
                List.of(),
                "Saying",
                "public class Saying { public static String say() { return null; } }");
        return Sources.jar(folder, "asker", List.of(library), "Asker", """
                public final class Asker {
                    public static void main(String[] args) {
                        java.util.Scanner in = new java.util.Scanner(System.in);
                        while (in.hasNextLine()) {
                            in.nextLine();
                            System.out.println("%s" + Saying.say());
                        }
                    }
                }
                """.formatted(
                        dev.hotpatch.systemtests.jvm.child.Answer.PREFIX));
    }

    /** A library with one class, or (if {@code form} is given) with two, and with other forms of these from Java 9 on. */
    private Path jar(String title, String saying, String form) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String versions = "META-INF/versions/9/";
        if (form.isEmpty()) {
            entries.put("Saying.class", compiled("Saying", saying, List.of()));
            entries.put(versions + "Saying.class", compiled("Saying", saying.replace("old", "form of old"), List.of()));
        } else {
            Path word = Sources.jar(folder, title + "word", List.of(), "Word", WORD.formatted("new"));
            entries.put("Word.class", compiled("Word", WORD.formatted("new"), List.of()));
            entries.put(versions + "Word.class", compiled("Word", WORD.formatted("form of new"), List.of()));
            entries.put("Saying.class", compiled("Saying", saying, List.of(word)));
            entries.put(versions + "Saying.class", compiled("Saying", form, List.of(word)));
        }
        Path jar = folder.resolve(title + "-library.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    private byte[] compiled(String name, String source, List<Path> classPath) throws IOException {
        try (ZipFile jar =
                new ZipFile(Sources.jar(folder, name, classPath, name, source).toFile())) {
            return jar.getInputStream(jar.getEntry(name + ".class")).readAllBytes();
        }
    }
}
