package dev.hotpatch.differ;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.patch.LiveIndexOfPlan;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars with forms of classes for releases of Java: what a JVM gets is the difference of what it sees. */
class MultiReleaseTest {
    private static final String MANIFEST = "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n";

    @TempDir
    Path folder;

    private static Map<String, byte[]> foo(int value) {
        return Classes.compile("class Foo { int a() { return " + value + "; } }");
    }

    /** A jar under construction. */
    private static final class Jar {
        final Map<String, byte[]> entries = new LinkedHashMap<>();

        static Jar multiRelease() {
            Jar jar = new Jar();
            jar.entries.put("META-INF/MANIFEST.MF", Archives.text(MANIFEST));
            return jar;
        }

        Jar with(Map<String, byte[]> classes) {
            entries.putAll(Archives.entries("", classes));
            return this;
        }

        Jar from(int release, Map<String, byte[]> classes) {
            entries.putAll(Archives.entries("META-INF/versions/" + release + "/", classes));
            return this;
        }
    }

    private PatchPlan plan(Jar base, Jar target) throws IOException {
        Path old = Files.write(folder.resolve("old.jar"), Archives.jar(base.entries));
        Path now = Files.write(folder.resolve("new.jar"), Archives.jar(target.entries));
        try (PlannedPatch planned = new Planner(folder, Limits.DEFAULT, 2, Progress.NONE)
                .plan(Images.open(old.toString(), Platform.host()), Images.open(now.toString(), Platform.host()))) {
            return planned.plan();
        }
    }

    private static List<String> changes(PatchPlan plan) {
        return plan.classes()
                .map(change -> change.decision().word() + " " + change.name() + " "
                        + change.releases().text())
                .toList();
    }

    @Test
    void leavesAnUnchangedFormAsItIs() throws IOException {
        PatchPlan plan = plan(
                Jar.multiRelease().with(foo(1)).from(11, foo(9)),
                Jar.multiRelease().with(foo(2)).from(11, foo(9)));
        assertEquals(List.of("redefine Foo -10"), changes(plan));
        assertEquals(1, plan.keep().size());
    }

    @Test
    void changesAFormOnTheReleasesThatSeeIt() throws IOException {
        PatchPlan plan = plan(
                Jar.multiRelease().with(foo(1)).from(9, foo(9)).from(17, foo(17)),
                Jar.multiRelease().with(foo(1)).from(9, foo(10)).from(17, foo(17)));
        assertEquals(List.of("redefine Foo 9-16"), changes(plan));
        assertEquals(Verdict.LIVE, plan.verdict());
    }

    @Test
    void addsTheFormsOfANewClassEachForItsReleases() throws IOException {
        String user = "class User { Object a() { return %s; } }";
        Map<String, byte[]> now = Classes.compile(user.formatted("new Foo()"), "class Foo { int a() { return 1; } }");
        PatchPlan plan = plan(
                new Jar().with(Classes.compile(user.formatted("null"))),
                Jar.multiRelease().with(now).from(9, foo(9)));
        assertEquals(List.of("new-class Foo -8", "new-class Foo 9-", "redefine User -"), changes(plan));
        LiveIndex index = LiveIndexOfPlan.of(plan);
        assertEquals(
                List.of("-8", "9-"),
                index.added().stream()
                        .map(added -> added.releases().text())
                        .sorted()
                        .toList());
        assertEquals(1, index.redefine().size());
    }

    @Test
    void decidesOnceAboutAGoneClassThatIsRewritten() throws IOException {
        String called = "interface I { int i(); }";
        String caller = "class Caller { int c(Object o) { return o instanceof I ? ((I) o).i() : 0; } }";
        PatchPlan plan = plan(
                Jar.multiRelease()
                        .with(Classes.compile(called, caller, "class A {}"))
                        .with(foo(1))
                        .from(9, foo(9)),
                Jar.multiRelease()
                        .with(Classes.compile(called, "class A implements I { public int i() { return 1; } }"))
                        .with(foo(2))
                        .from(9, foo(10)));
        assertEquals(
                List.of("lift Caller -"),
                changes(plan).stream()
                        .filter(change -> change.contains(" Caller "))
                        .toList());
    }

    @Test
    void redefinesAClassThatGetsAForm() throws IOException {
        PatchPlan plan = plan(
                Jar.multiRelease().with(foo(1)), Jar.multiRelease().with(foo(1)).from(9, foo(9)));
        assertEquals(List.of("redefine Foo 9-"), changes(plan));
        assertEquals(
                List.of("redefine Foo 9-"),
                changes(plan(
                        Jar.multiRelease().with(foo(1)).from(9, foo(9)),
                        Jar.multiRelease().with(foo(1)))));
    }

    @Test
    void liftsWhatFormsAddAndHasWhatIsTheSameEverywhereOnce() throws IOException {
        String other = "class Other { int a() { return %s; } }";
        PatchPlan plan = plan(
                Jar.multiRelease()
                        .with(foo(1))
                        .with(Classes.compile(other.formatted("1")))
                        .from(9, foo(9)),
                Jar.multiRelease()
                        .with(foo(1))
                        .with(Classes.compile(other.formatted("b(); } static int b() { return 2")))
                        .from(
                                9,
                                Classes.compile(
                                        "class Foo { int a() { return b(); } static int b() { return 10; } }")));
        List<String> changes = changes(plan).stream()
                .map(change -> change.replaceAll("hp[0-9a-f]{8}", "hp"))
                .toList();
        assertEquals(List.of("lift Foo 9-", "new-class Foo$$hp 9-", "lift Other -", "new-class Other$$hp -"), changes);
    }

    @Test
    void takesNoNoticeOfFormsThatNoJvmLooksFor() throws IOException {
        PatchPlan plan = plan(
                new Jar().with(foo(1)).from(9, foo(9)), new Jar().with(foo(1)).from(9, foo(10)));
        assertEquals(Verdict.IDENTICAL, plan.verdict());
        assertEquals(
                Verdict.IDENTICAL,
                plan(
                                Jar.multiRelease().with(foo(1)).from(8, foo(8)),
                                Jar.multiRelease().with(foo(1)).from(8, foo(9)))
                        .verdict());
    }

    @Test
    void warnsOfADeclarationOfAModule() throws IOException {
        Map<String, byte[]> module = Classes.compile("module m { requires java.logging; }");
        PatchPlan plan = plan(
                Jar.multiRelease().with(foo(1)), Jar.multiRelease().with(foo(2)).from(9, module));
        assertEquals(Verdict.LIVE_WITH_WARNINGS, plan.verdict());
        assertEquals("module-not-live", plan.warnings().get(0).reason().code());
        assertEquals(
                "new.jar!/META-INF/versions/9/module-info.class",
                plan.warnings().get(0).where());
    }
}
