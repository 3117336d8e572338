package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hook in real JVMs, mostly by late attach. */
class HookTest {
    private static final String JVMS = "dev.hotpatch.jvmagent.core.Target#javaHomes";
    private static final String OLD =
            "package lib; public class Greeter { public static String say() { return \"old\"; } }";
    private static final String NEW =
            "package lib; public class Greeter { public static String say() { return \"new\"; } }";
    private static final String NEWER =
            "package lib; public class Greeter { public static String say() { return \"newer\"; } }";

    @TempDir
    private Path scratch;

    private Map<String, byte[]> compile(String... sources) throws Exception {
        Map<String, String> named = new TreeMap<>();
        for (String source : sources) {
            var name = java.util.regex.Pattern.compile("(?:class|interface) (\\w+)")
                    .matcher(source);
            assertTrue(name.find());
            named.put("lib/" + name.group(1), source);
        }
        return Sources.compile(scratch, named);
    }

    private Path write(LiveZip zip) throws Exception {
        return Files.write(Files.createTempFile(scratch, "live", ".zip"), zip.bytes());
    }

    private Path directory(Map<String, byte[]> classes) throws Exception {
        return Sources.write(Files.createTempDirectory(scratch, "lib"), classes);
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void takesALoadedClassToItsNewBodyAndBack(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        LiveZip patch = LiveZip.between(before, compile(NEW));
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            assertEquals("old", target.ask("call app lib.Greeter"));
            Target.State state = target.apply(write(patch));
            assertEquals("done", state.get("phase"), state.toString());
            assertEquals("ok", state.get("code"));
            assertEquals(patch.identity(), state.get("active"));
            assertEquals("1", state.get("loaded"));
            assertEquals("0", state.get("pending"));
            assertEquals("new", target.ask("call app lib.Greeter"));

            assertEquals("already-applied", target.apply(write(patch)).get("code"));

            state = target.request("cmd=rollback");
            assertEquals("done", state.get("phase"), state.toString());
            assertEquals("", state.get("active"));
            assertEquals("1", state.get("loaded"));
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertEquals("nothing-applied", target.request("cmd=rollback").get("code"));
            assertEquals("ok", target.apply(write(patch)).get("code"));
            assertEquals("new", target.ask("call app lib.Greeter"));
            assertEquals(
                    "",
                    target.stderr().lines().filter(l -> l.contains("hotpatch:")).reduce("", String::concat));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void changesARunningLoopAndTellsWhichThreadIsInOldCode(String jvm) throws Exception {
        String source = "package lib; public class Loop { public static void loop() throws Exception {"
                + " while (System.getProperty(\"stop\") == null) { step(); Thread.sleep(1); } }"
                + " static void step() { System.setProperty(\"step\", \"%s\"); } }";
        Map<String, byte[]> before = compile(source.formatted("old"));
        LiveZip patch = LiveZip.between(before, compile(source.formatted("new")));
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("spin app lib.Loop worker-7");
            while (!target.ask("property step").equals("old")) {
                Thread.onSpinWait();
            }
            Target.State state = target.apply(write(patch));
            assertEquals("1", state.get("drain"), state.toString());
            assertEquals("worker-7", state.get("drainThreads"));
            while (!target.ask("property step").equals("new")) {
                Thread.onSpinWait();
            }
            target.ask("set stop 1");
            while (!target.request("cmd=status").get("drain").equals("0")) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void definesNewClassesSuperTypesFirst(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = compile(
                "package lib; public class Greeter { public static String say() { return new Alpha().text(); } }",
                "package lib; class Alpha extends Omega implements Middle { public String text() { return super.text() + \"!\"; } }",
                "package lib; class Omega implements Middle { public String text() { return Omega.class.getPackage().getName(); } }",
                "package lib; interface Middle { String text(); }");
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            assertEquals("old", target.ask("call app lib.Greeter"));
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("3", state.get("defined"), state.toString());
            assertEquals("lib!", target.ask("call app lib.Greeter"));
            target.request("cmd=rollback");
            assertEquals("old", target.ask("call app lib.Greeter"));
            target.apply(write(LiveZip.between(before, after)));
            assertEquals("lib!", target.ask("call app lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void skipsANewClassWhoseLibraryIsAbsent(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = new TreeMap<>(compile(
                NEW, "package lib; public class Optional extends Absent {}", "package lib; public class Absent {}"));
        after.remove("lib/Absent");
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("ok", state.get("code"), state.toString());
            assertTrue(state.get("message").contains("lib/Optional (lib/Absent is absent)"), state.toString());
            assertEquals("new", target.ask("call app lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void meetsClassesThatLoadLater(String jvm) throws Exception {
        String user = "package lib; public class User { public static String say() { return Greeter.say(); } }";
        Map<String, byte[]> before = compile(OLD, user);
        Map<String, byte[]> after = compile(NEW, user.replace("Greeter.say()", "Fresh.text() + Greeter.say()"), FRESH);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("property x");
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("2", state.get("pending"), state.toString());
            assertEquals("fresh new", target.ask("call app lib.User"));
            state = target.request("cmd=status");
            assertEquals("0", state.get("pending"), state.toString());
            assertEquals("2", state.get("loaded"));
            assertEquals("1", state.get("defined"));
            target.request("cmd=rollback");
            assertEquals("old", target.ask("call app lib.User"));
        }
    }

    private static final String FRESH = "package lib; class Fresh { static String text() { return \"fresh \"; } }";

    @ParameterizedTest
    @MethodSource(JVMS)
    void reachesEveryLoaderAlsoOneThatAppearsAfterwards(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = compile(NEW.replace("\"new\"", "Fresh.text()"), FRESH);
        Path lib = directory(before);
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            target.ask("loader a own " + lib + "/");
            target.ask("loader b child " + lib + "/");
            target.ask("bytes c " + lib);
            for (String loader : new String[] {"app", "a", "b", "c"}) {
                assertEquals("old", target.ask("call " + loader + " lib.Greeter"));
            }
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("4", state.get("loaders"), state.toString());
            assertEquals("4", state.get("loaded"));
            target.ask("loader d child " + lib + "/");
            target.ask("bytes e " + lib);
            for (String loader : new String[] {"app", "a", "b", "c", "d", "e"}) {
                assertEquals("fresh ", target.ask("call " + loader + " lib.Greeter"), loader);
            }
            assertEquals("6", target.request("cmd=status").get("loaders"));
            target.request("cmd=rollback");
            for (String loader : new String[] {"app", "a", "b", "c", "d", "e"}) {
                assertEquals("old", target.ask("call " + loader + " lib.Greeter"), loader);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void prefersTheClassFileAtTheClassesOwnCodeSource(String jvm) throws Exception {
        Map<String, byte[]> other = compile(OLD.replace("old", "other"));
        Map<String, byte[]> before = compile(OLD);
        LiveZip patch = LiveZip.between(before, compile(NEW))
                .keep("lib/Greeter", other.getOrDefault("lib/Greeter", new byte[0]));
        try (Target target = Target.start(jvm, scratch, directory(other).toString())) {
            // This loader prefers its own classes, and shows its parent's resources first.
            target.ask("loader child child " + directory(before) + "/");
            assertEquals("other", target.ask("call app lib.Greeter"));
            assertEquals("old", target.ask("call child lib.Greeter"));
            Target.State state = target.apply(write(patch));
            assertEquals("1", state.get("loaded"), state.toString());
            assertEquals("other", target.ask("call app lib.Greeter"));
            assertEquals("new", target.ask("call child lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void refusesAnotherBaseAndChangesNothing(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD, OLD.replace("Greeter", "Second"));
        Map<String, byte[]> after = compile(NEW, NEW.replace("Greeter", "Second"));
        Map<String, byte[]> running =
                compile(OLD, OLD.replace("Greeter", "Second").replace("old", "other"));
        try (Target target = Target.start(jvm, scratch, directory(running).toString())) {
            target.ask("call app lib.Greeter");
            target.ask("call app lib.Second");
            Path zip = write(LiveZip.between(before, after));
            Target.State state = target.apply(zip);
            assertEquals("refused", state.get("phase"), state.toString());
            assertEquals("class-mismatch", state.get("code"));
            assertEquals("", state.get("active"));
            assertTrue(state.get("message").contains("lib.Second"));
            assertTrue(state.get("message").contains(LiveZip.sha256(before.getOrDefault("lib/Second", new byte[0]))));
            assertTrue(state.get("message").contains(LiveZip.sha256(running.getOrDefault("lib/Second", new byte[0]))));
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertEquals("other", target.ask("call app lib.Second"));
            assertEquals(
                    "class-mismatch",
                    target.request("cmd=preflight;zip=" + zip + ";sha256=" + LiveZip.sha256(Files.readAllBytes(zip)))
                            .get("code"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void leavesAloneAClassThatLoadsLaterWithOtherBytes(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Path other = directory(compile(OLD.replace("old", "other")));
        try (Target target = Target.start(jvm, scratch, other.toString())) {
            target.ask("property x");
            assertEquals(
                    "ok",
                    target.apply(write(LiveZip.between(before, compile(NEW)))).get("code"));
            assertEquals("other", target.ask("call app lib.Greeter"));
            Target.State state = target.request("cmd=status");
            assertEquals("1", state.get("skipped"), state.toString());
            assertEquals("0", state.get("loaded"));
            assertTrue(state.get("message").contains("lib.Greeter"), state.toString());
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void undoesEverythingWhenTheJvmRefusesAShape(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD, OLD.replace("Greeter", "Second"));
        Map<String, byte[]> after = compile(
                NEW,
                NEW.replace("Greeter", "Second")
                        .replace("return", "count++; return")
                        .replace("{ public static", "{ static int count; public static"),
                FRESH);
        Path lib = directory(before);
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            target.ask("call app lib.Greeter");
            target.ask("call app lib.Second");
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("redefine-refused", state.get("code"), state.toString());
            assertEquals("refused", state.get("phase"));
            assertEquals("", state.get("active"));
            target.ask("loader later own " + lib + "/");
            for (String loader : new String[] {"app", "later"}) {
                assertEquals("old", target.ask("call " + loader + " lib.Greeter"));
                assertEquals("old", target.ask("call " + loader + " lib.Second"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void replacesOnePatchByAnother(String jvm) throws Exception {
        String second = OLD.replace("Greeter", "Second");
        Map<String, byte[]> before = compile(OLD, second);
        LiveZip first = LiveZip.between(before, compile(NEW, second.replace("old", "new")));
        LiveZip next = LiveZip.between(before, compile(NEWER, second));
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            target.ask("call app lib.Second");
            target.apply(write(first));
            assertEquals("new", target.ask("call app lib.Second"));
            Target.State state = target.apply(write(next));
            assertEquals(next.identity(), state.get("active"), state.toString());
            assertEquals("newer", target.ask("call app lib.Greeter"));
            assertEquals("old", target.ask("call app lib.Second"));
            target.request("cmd=rollback");
            assertEquals("old", target.ask("call app lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void leaksNeitherThreadsNorClasses(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = compile(NEW.replace("\"new\"", "Fresh.text()"), FRESH);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            Path zip = write(LiveZip.between(before, after));
            String threads = "";
            long classes = 0;
            for (int i = 0; i < 200; i++) {
                assertEquals("ok", target.apply(zip).get("code"));
                assertEquals("fresh ", target.ask("call app lib.Greeter"));
                assertEquals("ok", target.request("cmd=rollback").get("code"));
                assertEquals("old", target.ask("call app lib.Greeter"));
                if (i == 49) {
                    threads = target.ask("threads");
                    classes = target.countClasses();
                }
            }
            assertEquals(threads, target.ask("threads"));
            // A few JDK classes come late; one class in a cycle would be 150.
            long grown = target.countClasses() - classes;
            assertTrue(grown < 20, grown + " classes more");
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void refusesRequestsThatItDoesNotUnderstand(String jvm) throws Exception {
        try (Target target = Target.start(jvm, scratch, scratch.toString())) {
            assertEquals("bad-request", target.request("cmd=explode").get("code"));
            assertEquals("bad-request", target.request("cmd=status;colour=red").get("code"));
            assertEquals("bad-request", target.request("cmd=apply;zip=/x").get("code"));
            assertEquals("bad-request", target.request("cmd=status;cmd=status").get("code"));
            assertEquals(
                    "bad-archive",
                    target.request("cmd=apply;zip=/no/such/file;sha256=" + "0".repeat(64))
                            .get("code"));
            Path zip = write(LiveZip.between(compile(OLD), compile(NEW)));
            assertEquals(
                    "digest-mismatch",
                    target.request("cmd=apply;zip=" + zip + ";sha256=" + "0".repeat(64))
                            .get("code"));
            target.load("v=2;id=other;cmd=status");
            assertEquals("bad-request", target.await("other").get("code"));
            target.load("%");
            assertEquals("bad-request", target.await("").get("code"));
            assertEquals("ok", target.request("cmd=status").get("code"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void appliesAPreloadedPatchBeforeMain(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = compile(NEW.replace("\"new\"", "Fresh.text()"), FRESH);
        LiveZip patch = LiveZip.between(before, after);
        String agent = "-javaagent:" + Target.HOOK + "=patch=" + write(patch);
        try (Target target = Target.start(jvm, scratch, directory(before).toString(), agent)) {
            assertEquals(patch.identity(), target.state().get("active"));
            assertEquals("fresh ", target.ask("call app lib.Greeter"));
            assertEquals("1", target.request("cmd=status").get("loaded"));
            assertEquals("ok", target.request("cmd=rollback").get("code"));
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertEquals(
                    "",
                    target.stderr().lines().filter(l -> l.contains("hotpatch:")).reduce("", String::concat));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void startsTheApplicationEvenIfThePreloadedPatchIsBroken(String jvm) throws Exception {
        Path broken = Files.writeString(scratch.resolve("broken.zip"), "no zip");
        String agent = "-javaagent:" + Target.HOOK + "=patch=" + broken;
        try (Target target = Target.start(jvm, scratch, directory(compile(OLD)).toString(), agent)) {
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertEquals("bad-archive", target.state().get("code"));
            assertTrue(target.stderr().contains("hotpatch: the patch was not applied"), target.stderr());
        }
        try (Target target =
                Target.start(jvm, scratch, directory(compile(OLD)).toString(), "-javaagent:" + Target.HOOK)) {
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertEquals("done", target.state().get("phase"));
        }
    }

    /** A new class that extends the very class whose load brings it cannot be there at once, but soon is. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void bringsNewClassesThatNeedTheClassBeingLoaded(String jvm) throws Exception {
        String base = "package lib; public class Base { public static String say() { return %s; } }";
        Map<String, byte[]> before = compile(base.formatted("\"old\""));
        Map<String, byte[]> after = compile(
                base.formatted("new Derived().toString()"),
                "package lib; public class Derived extends Base { public String toString() { return \"derived\"; } }");
        Path lib = directory(before);
        String agent = "-javaagent:" + Target.HOOK + "=patch=" + write(LiveZip.between(before, after));
        try (Target target = Target.start(jvm, scratch, lib.toString(), agent)) {
            target.ask("loader child child " + lib + "/");
            target.ask("bytes memory " + lib);
            for (String loader : new String[] {"app", "child", "memory"}) {
                target.ask("load " + loader + " lib.Base");
                target.request("cmd=status");
                assertEquals("derived", target.ask("call " + loader + " lib.Base"), loader);
            }
        }
    }

    /** Defining the new class loads its super class in the middle of another load, where transformers are not asked. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void patchesASuperTypeThatANewClassBroughtIn(String jvm) throws Exception {
        Map<String, byte[]> before =
                compile(OLD, "package lib; public class Parent { public String text() { return \"old\"; } }");
        Map<String, byte[]> after = compile(
                OLD.replace("\"old\"", "new Child().text()"),
                "package lib; public class Parent { public String text() { return \"parent\"; } }",
                "package lib; public class Child extends Parent { }");
        Path lib = directory(before);
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            target.ask("property x");
            target.apply(write(LiveZip.between(before, after)));
            target.ask("bytes memory " + lib);
            for (String loader : new String[] {"app", "memory"}) {
                target.ask("load " + loader + " lib.Greeter");
                target.request("cmd=status");
                assertEquals("parent", target.ask("call " + loader + " lib.Greeter"), loader);
            }
            target.request("cmd=rollback");
            assertEquals("old", target.ask("call app lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void takesTheVersionOfAMultiReleaseJarThatTheJvmTook(String jvm) throws Exception {
        Map<String, byte[]> plain = compile(OLD);
        Map<String, byte[]> nine = compile(OLD.replace("old", "old 9"));
        LiveZip patch = LiveZip.between(plain, compile(NEW))
                .redefine(
                        "lib/Greeter",
                        nine.getOrDefault("lib/Greeter", new byte[0]),
                        compile(NEWER).getOrDefault("lib/Greeter", new byte[0]),
                        "0");
        Path jar = scratch.resolve("multi release.jar");
        var manifest = new java.util.jar.Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Multi-Release", "true");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new java.util.zip.ZipEntry("lib/Greeter.class"));
            out.write(plain.getOrDefault("lib/Greeter", new byte[0]));
            out.putNextEntry(new java.util.zip.ZipEntry("META-INF/versions/9/lib/Greeter.class"));
            out.write(nine.getOrDefault("lib/Greeter", new byte[0]));
        }
        try (Target target = Target.start(jvm, scratch, jar.toString())) {
            String before = target.ask("call app lib.Greeter");
            assertEquals("ok", target.apply(write(patch)).get("code"));
            assertEquals(before.equals("old 9") ? "newer" : "new", target.ask("call app lib.Greeter"));
            target.request("cmd=rollback");
            assertEquals(before, target.ask("call app lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void takesAHundredClassesAtOnce(String jvm) throws Exception {
        Map<String, String> old = new TreeMap<>();
        Map<String, String> changed = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            old.put("lib/G" + i, OLD.replace("Greeter", "G" + i));
            changed.put("lib/G" + i, NEW.replace("Greeter", "G" + i));
        }
        Map<String, byte[]> before = Sources.compile(scratch, old);
        Path jar = scratch.resolve("hundred.jar");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> e : before.entrySet()) {
                out.putNextEntry(new java.util.zip.ZipEntry(e.getKey() + ".class"));
                out.write(e.getValue());
            }
        }
        try (Target target = Target.start(jvm, scratch, jar.toString())) {
            for (int i = 0; i < 100; i++) {
                target.ask("call app lib.G" + i);
            }
            Target.State state = target.apply(write(LiveZip.between(before, Sources.compile(scratch, changed))));
            assertEquals("100", state.get("loaded"), state.toString());
            assertEquals("new", target.ask("call app lib.G99"));
            System.out.println("100 classes in " + jvm + ": pre-flight " + state.get("preflightMicros") + " µs, apply "
                    + state.get("applyMicros") + " µs");
        }
    }
}
