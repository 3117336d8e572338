package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads in old frames. */
class DrainTest extends HookCase {
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
            assertEquals("worker-7 (lib.Loop#loop)", state.get("drainThreads"));
            while (!target.ask("property step").equals("new")) {
                Thread.onSpinWait();
            }
            target.ask("set stop 1");
            while (!target.request("cmd=status").get("drain").equals("0")) {
                Thread.onSpinWait();
            }
        }
    }
}
