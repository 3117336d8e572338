package dev.hotpatch.differ;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.Archives.Tar;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.differ.fixture.FakeImage;
import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitReader;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchReader;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.UnitPlan;
import dev.hotpatch.patchformat.plan.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final String FOO = "package p; public class Foo { public int a() { return %s; } }";
    private static final Map<String, byte[]> OLD = Classes.compile(FOO.formatted("1"));
    private static final Map<String, byte[]> NEW = Classes.compile(
            FOO.formatted("Bar.b()"),
            "package p; class Bar { static int b() { return Baz.c(); } }",
            "package p; class Baz { static int c() { return 3; } }");

    @TempDir
    Path temporary;

    private PlannedPatch plan(Source base, Source target) throws IOException {
        Path space = Files.createDirectories(temporary.resolve("space"));
        PlannedPatch planned = new Planner(space, Limits.DEFAULT, 2, Progress.NONE).plan(base, target);
        try (Stream<Path> left = Files.list(space)) {
            assertEquals(0, left.count(), "nothing is left behind, even if the process ends now");
        }
        return planned;
    }

    private PatchPlan images(byte[] base, byte[] target) throws IOException {
        var shared = FakeImage.unreadable("the operating system");
        try (PlannedPatch planned = plan(
                new ImageSource(FakeImage.of("old", shared, FakeImage.layer(base))),
                new ImageSource(FakeImage.of("new", shared, FakeImage.layer(target))))) {
            return planned.plan();
        }
    }

    private static byte[] jar(Map<String, byte[]> classes) {
        return Archives.jar(Archives.entries("", classes));
    }

    private static List<String> paths(PatchPlan plan) {
        return plan.units().stream().map(UnitPlan::basePath).toList();
    }

    private static ClassChange change(PatchPlan plan, String name) {
        return plan.classes()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsNothingInImagesThatDifferOnlyInLicences() throws IOException {
        byte[] tar = new Tar().file("app/a.jar", jar(OLD)).bytes();
        byte[] other =
                new Tar().file("app/a.jar", jar(OLD)).file("app/LICENSE", "x").bytes();
        assertEquals(Verdict.IDENTICAL, images(tar, other).verdict());
    }

    @Test
    void redefinesAndAddsClassesOfAJarWithAnotherVersion() throws IOException {
        PatchPlan plan = images(
                new Tar().file("app/libs/foo-1.0.jar", jar(OLD)).bytes(),
                new Tar().file("app/libs/foo-1.1.jar", jar(NEW)).bytes());
        assertEquals(Verdict.LIVE, plan.verdict());
        assertEquals(List.of("/app/libs/foo-1.0.jar"), paths(plan));
        assertEquals(Decision.REDEFINE, change(plan, "p/Foo").decision());
        assertEquals(Decision.NEW_CLASS, change(plan, "p/Baz").decision());
        assertEquals(List.of(0), change(plan, "p/Baz").units());
    }

    @Test
    void opensFatJarsWithStoredJarsAndFoldersOfClasses() throws IOException {
        Map<String, byte[]> old = new LinkedHashMap<>();
        old.put("BOOT-INF/lib/foo-1.0.jar", jar(OLD));
        old.putAll(Archives.entries("BOOT-INF/classes/", Classes.compile("class Main { int m() { return 1; } }")));
        Map<String, byte[]> now = new LinkedHashMap<>();
        now.put("BOOT-INF/lib/foo-1.1.jar", jar(NEW));
        now.putAll(Archives.entries("BOOT-INF/classes/", Classes.compile("class Main { int m() { return 2; } }")));
        PatchPlan plan = images(
                new Tar().file("app.jar", Archives.jar(old, true)).bytes(),
                new Tar().file("app.jar", Archives.jar(now, true)).bytes());
        assertEquals(List.of("/app.jar!/BOOT-INF/classes", "/app.jar!/BOOT-INF/lib/foo-1.0.jar"), paths(plan));
    }

    @Test
    void tellsFoldersOfClassesByTheNamesInside() throws IOException {
        Tar base = new Tar();
        Archives.entries("app/classes/", OLD).forEach(base::file);
        Tar target = new Tar();
        Archives.entries("app/classes/", NEW).forEach(target::file);
        assertEquals(List.of("/app/classes"), paths(images(base.bytes(), target.bytes())));
    }

    @Test
    void givesANewJarsClassesToTheUnitsThatLeadToThem() throws IOException {
        Map<String, byte[]> foo = new LinkedHashMap<>(NEW);
        Map<String, byte[]> rest = new LinkedHashMap<>();
        foo.keySet().removeIf(name -> !name.equals("p/Foo"));
        NEW.forEach((name, bytes) -> {
            if (!name.equals("p/Foo")) {
                rest.put(name, bytes);
            }
        });
        rest.putAll(Classes.compile("class Unused { }"));
        PatchPlan plan = images(
                new Tar().file("app/foo.jar", jar(OLD)).bytes(),
                new Tar()
                        .file("app/foo.jar", jar(foo))
                        .file("app/bar.jar", jar(rest))
                        .bytes());
        int unit = plan.units().stream()
                .filter(found -> found.basePath().equals("/app/foo.jar"))
                .findFirst()
                .orElseThrow()
                .id();
        assertEquals(List.of(unit), change(plan, "p/Bar").units());
        assertEquals(List.of(unit), change(plan, "p/Baz").units());
        assertEquals(List.of(), change(plan, "Unused").units());
    }

    @Test
    void keepsOtherFormsOfARedefinedClass() throws IOException {
        byte[] other = jar(Classes.compile(FOO.formatted("77")));
        PatchPlan plan = images(
                new Tar()
                        .file("app/foo.jar", jar(OLD))
                        .file("old/foo-shaded.jar", other)
                        .bytes(),
                new Tar()
                        .file("app/foo.jar", jar(NEW))
                        .file("old/foo-shaded.jar", other)
                        .bytes());
        assertEquals(1, plan.keep().size());
    }

    @Test
    void treatsAClassThatMovesToAnotherJarAsTheSame() throws IOException {
        Map<String, byte[]> changed = Classes.compile(FOO.formatted("5"));
        PatchPlan plan = images(
                new Tar().file("app/foo.jar", jar(OLD)).bytes(),
                new Tar().file("app/core.jar", jar(changed)).bytes());
        assertEquals(Decision.REDEFINE, change(plan, "p/Foo").decision());
    }

    @Test
    void namesSettingsButNotTheirValues() throws IOException {
        var layer = FakeImage.unreadable("all");
        try (PlannedPatch planned = plan(
                new ImageSource(FakeImage.of("a", "amd64", List.of("TOKEN=secret1"), layer)),
                new ImageSource(FakeImage.of("b", "amd64", List.of("TOKEN=secret2"), layer)))) {
            assertEquals("config:env.TOKEN", planned.plan().files().get(0).path());
            assertFalse(planned.plan().toString().contains("secret"));
            assertEquals(Verdict.RESTART, planned.plan().verdict());
        }
    }

    @Test
    void refusesImagesForDifferentPlatforms() {
        var layer = FakeImage.unreadable("all");
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> plan(
                        new ImageSource(FakeImage.of("a", "amd64", List.of(), layer)),
                        new ImageSource(FakeImage.of("b", "arm64", List.of(), layer))));
        assertTrue(String.valueOf(e.getMessage()).contains("linux/arm64"), e.toString());
    }

    @Test
    void blocksTheJavaRunTimeAndNativeLibraries() throws IOException {
        PatchPlan plan = images(
                new Tar()
                        .file("opt/jre/lib/modules", "1")
                        .file("opt/jre/bin/java", "1")
                        .file("app/libx.so", "1")
                        .bytes(),
                new Tar()
                        .file("opt/jre/lib/modules", "2")
                        .file("opt/jre/bin/java", "2")
                        .file("app/libx.so", "2")
                        .bytes());
        assertEquals(
                List.of("/app/libx.so native-library", "/opt/jre java-runtime"),
                plan.blocked().stream()
                        .map(blocked -> blocked.where() + " " + blocked.reason().code())
                        .toList());
    }

    @Test
    void makesTheSamePatchOfTheSameInput() throws IOException {
        Path base = Files.write(temporary.resolve("foo-1.jar"), jar(OLD));
        Path target = Files.write(temporary.resolve("foo-2.jar"), jar(NEW));
        byte[][] live = new byte[2][];
        Patch[] patches = new Patch[2];
        for (int i = 0; i < 2; i++) {
            Path folder = Files.createDirectory(temporary.resolve("patch" + i));
            try (PlannedPatch planned = plan(
                    Images.open(base.toString(), Platform.host()), Images.open(target.toString(), Platform.host()))) {
                patches[i] = PatchBuilder.build(planned, folder).patch();
            }
            live[i] = Files.readAllBytes(folder.resolve("live.zip"));
        }
        assertArrayEquals(live[0], live[1]);
        assertEquals(patches[0].digest(), patches[1].digest());
        Patch read = PatchReader.read(patches[0].manifest(), patches[0].config());
        try (InputStream in = Files.newInputStream(temporary.resolve("patch0/live.zip"))) {
            LiveIndex index = LiveUnitReader.read(in, (digest, bytes) -> {});
            PatchReader.expectAgreement(read.plan(), index);
            assertEquals(1, index.redefine().size());
            assertEquals(2, index.added().size());
        }
    }

    @Test
    void namesTheClassFileOfARenumberedClassThatIsTheSame() throws IOException {
        String class1 =
                "public class R { Object a() { return new Object() { int x; }; } Object b() { return new Object()"
                        + " { public String toString() { return \"b\"; } }; } }";
        String class2 = "public class R { Object b() { return new Object()"
                + " { public String toString() { return \"b\"; } }; } }";
        Path base = Files.write(temporary.resolve("foo-1.jar"), jar(Classes.compile(class1)));
        Path target = Files.write(temporary.resolve("foo-2.jar"), jar(Classes.compile(class2)));
        try (PlannedPatch planned =
                plan(Images.open(base.toString(), Platform.host()), Images.open(target.toString(), Platform.host()))) {
            BuiltPatch built = PatchBuilder.build(planned, Files.createDirectory(temporary.resolve("patch")));
            Digest there = Digest.of(Classes.compile(class2).get("R$1"));
            assertEquals(
                    List.of(there),
                    built.patch()
                            .plan()
                            .classes()
                            .filter(change -> change.name().equals("R$2"))
                            .map(change -> change.newDigest().orElseThrow())
                            .toList());
        }
    }
}
