package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hook as {@code -javaagent}. */
class PreloadTest extends HookCase {
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
}
