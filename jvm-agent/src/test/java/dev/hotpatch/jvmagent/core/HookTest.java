package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hook in real JVMs by late attach: in and out, and what it refuses. */
class HookTest extends HookCase {
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
