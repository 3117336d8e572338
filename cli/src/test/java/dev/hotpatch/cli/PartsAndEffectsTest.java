package dev.hotpatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --only}, {@code --effects} and {@code --check-jdk}, as a user of the command sees them. */
final class PartsAndEffectsTest {
    @TempDir
    Path folder;

    private String oldJar;
    private String newJar;

    @BeforeEach
    void makeTwoReleasesOfWhichTheNewOneCannotGoLiveAsAWhole() throws IOException {
        String price = "package p; import java.util.*; public class Price {"
                + " private static final Map<String, String> CACHE = new HashMap<>();"
                + " private static void reset() { } public static int get() { return %s; } }";
        oldJar = jar("old.jar", price.formatted("1"), "package p; class Other { }");
        newJar = jar(
                "new.jar",
                price.formatted("Tax.of(2)"),
                "package p; class Tax { static int of(int price) { return price + 1; } }",
                "package p; class Other extends Thread { }");
    }

    @Test
    void buildsThePatchOfAPartOfARelease() throws IOException {
        assertEquals(6, run("build", oldJar, newJar).exitCode());
        CommandRun build = run("build", oldJar, newJar, "--only", "p.Price#get", "-o", path("out"));
        assertEquals(0, build.exitCode(), build.err());
        assertTrue(build.out().contains("only:    p.Price#get\n"), build.out());
        assertTrue(build.out().contains("taken:   2 classes, of them 1 because others need them"), build.out());
        assertTrue(build.out().contains("needed-by: taken along, as p.Price#get()I needs it"), build.out());
        assertTrue(build.out().contains("left-out: "), build.out());
        assertTrue(build.out().contains("checked: Java " + System.getProperty("java.version")), build.out());
        JsonObject plan = run("explain", "oci:" + path("out"), "--json").json().object("plan");
        assertEquals(List.of("p.Price#get"), plan.strings("only", 9, 99));
        assertEquals(
                2, run("explain", "oci:" + path("out"), "--only", "p.Price").exitCode());
    }

    @Test
    void refusesAPatternThatMatchesNothing() {
        CommandRun build = run("build", oldJar, newJar, "--only", "p.Prize");
        assertEquals(2, build.exitCode());
        assertTrue(build.err().contains("near it: p.Price"), build.err());
    }

    @Test
    void takesEffectsFromClassesAndDeclarations() throws IOException {
        String effects = jar(
                "effects.jar",
                "package p; class Flush { static void apply() { } static boolean probe() { return true; } }");
        Path declared = Files.writeString(
                folder.resolve("effects.json"),
                "{\"effects\": [{\"clear\": \"p.Price#CACHE\"}, {\"call\": \"p.Price#reset()\"}]}");
        CommandRun build = run(
                "build",
                oldJar,
                newJar,
                "--only",
                "p.Price",
                "--effects",
                effects,
                "--effects",
                declared.toString(),
                "-o",
                path("out"));
        assertEquals(0, build.exitCode(), build.err());
        String plan = run("explain", "oci:" + path("out")).out();
        assertTrue(plan.contains("  apply     p.Flush#apply()\n"), plan);
        assertTrue(plan.contains("  probe     p.Flush#probe()\n"), plan);
        assertTrue(plan.contains("  rollback  p.Price$$hpe"), plan);
    }

    @Test
    void refusesEffectsThatFitNothing() throws IOException {
        Path declared =
                Files.writeString(folder.resolve("effects.json"), "{\"effects\": [{\"set-null\": \"p.Price#CACHE\"}]}");
        CommandRun build = run("build", oldJar, newJar, "--only", "p.Price", "--effects", declared.toString());
        assertEquals(2, build.exitCode(), build.err());
        assertTrue(build.err().contains("is final"), build.err());
    }

    @Test
    void refusesAPatchThatAJvmRefuses() throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
        Path launcher = Files.writeString(
                jdk.resolve("java"),
                "#!/bin/sh\nprintf 'failed\\tp.Price\\tjava.lang.VerifyError: Bad type\\nend\\t\\n'\n");
        assertTrue(launcher.toFile().setExecutable(true));
        CommandRun build = run(
                "build", oldJar, newJar, "--only", "p.Price", "-o", path("out"), "--check-jdk", path("jdk"), "--json");
        assertEquals(6, build.exitCode(), build.err());
        assertEquals("jdk-check-failed", build.json().string("reason", 99));
        assertTrue(build.err().contains("p.Price does not link: java.lang.VerifyError: Bad type"), build.err());
        assertFalse(Files.exists(folder.resolve("out")));
        assertEquals(
                2, run("build", oldJar, newJar, "--check-jdk", path("none")).exitCode());
    }

    /** A JVM that has found a class to be without what it needs refuses to redefine it, so that another one tries the others. */
    @Test
    void triesThePatchWithoutTheClassesThatDoNotLink() throws IOException {
        String base = jarWithAClassThatDoesNotLink("torn-1.jar", 1);
        String target = jarWithAClassThatDoesNotLink("torn-2.jar", 2);
        CommandRun build = run("build", base, target, "-o", path("out"), "--json");
        assertEquals(0, build.exitCode(), build.err());
        JsonObject check = build.json().objects("checks", 9).get(0);
        assertEquals(1, check.number("redefined", 0, 9));
        assertEquals(1, check.number("excused", 0, 9));
    }

    @Test
    void warnsWhenNoJvmTriesThePatch() {
        CommandRun build = run("build", oldJar, newJar, "--only", "p.Price", "--no-check", "-o", path("out"));
        assertEquals(0, build.exitCode(), build.err());
        assertTrue(build.err().contains("--no-check"), build.err());
    }

    /** The verifier asks whether the class that is not there may be returned for the one that is. */
    private String jarWithAClassThatDoesNotLink(String name, int number) throws IOException {
        String jar = jar(
                name,
                "package p; class Above { }",
                "package p; class Missing extends Above { }",
                "package p; class Torn { Above f(Missing m) { return m; } int g() { return " + number + "; } }",
                "package p; class Whole { int g() { return " + number + "; } }");
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
            Files.delete(files.getPath("p", "Missing.class"));
        }
        return jar;
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String jar(String name, String... sources) throws IOException {
        return CommandRun.jar(folder.resolve(name), sources);
    }
}
