package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hook's MBean. */
class JmxTest extends HookCase {
    @ParameterizedTest
    @MethodSource(JVMS)
    void showsThePatchSomeTimeAfterItWasApplied(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        LiveZip patch = LiveZip.between(before, compile(NEW));
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            Path zip = write(patch);
            target.apply(zip);
            long end = System.nanoTime() + 20_000_000_000L;
            while (!target.ask("jmx ActivePatch").equals(patch.identity()) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertEquals(patch.identity(), target.ask("jmx ActivePatch"));
            assertEquals("1", target.ask("jmx Classes"));
            assertEquals("true", target.ask("jmx Converged"));
            target.request("cmd=rollback");
            assertEquals("none", target.ask("jmx ActivePatch"));
            target.apply(zip);
            assertEquals(patch.identity(), target.ask("jmx ActivePatch"));
        }
    }

    /** A run-time without java.management has no MBean, and patches all the same. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void isNotNeeded(String jvm) throws Exception {
        assumeTrue(Files.exists(Path.of(jvm, "lib", "modules")), "Java 8 always has it");
        Map<String, byte[]> before = compile(OLD);
        LiveZip patch = LiveZip.between(before, compile(NEW));
        String[] options = {"--limit-modules", "java.base,java.instrument"};
        try (Target target = Target.start(jvm, scratch, directory(before).toString(), options)) {
            target.ask("call app lib.Greeter");
            assertEquals("ok", target.apply(write(patch)).get("code"));
            assertEquals("new", target.ask("call app lib.Greeter"));
            assertEquals("ok", target.request("cmd=status").get("code"));
        }
    }
}
