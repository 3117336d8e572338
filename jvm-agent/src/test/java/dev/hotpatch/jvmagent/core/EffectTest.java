package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods of new classes that a patch has run. */
class EffectTest extends HookCase {
    /** Writes what it does to the property {@code trace}, and counts in a field of its own. */
    private static final String EFFECTS = "package lib; public class Fresh {"
            + " static int count;"
            + " static String text() { return \"fresh\" + count++; }"
            + " private static void on() { note(\"on:\" + Greeter.say()); }"
            + " private static void off() { note(\"off:\" + Greeter.say()); }"
            + " private static void drop() { count = 0; note(\"drop\"); }"
            + " private static boolean fits() { note(\"fits\"); return !Boolean.getBoolean(\"unfit\"); }"
            + " private static void note(String s) {"
            + "   if (Thread.currentThread().getContextClassLoader() != Fresh.class.getClassLoader()) { s = \"wrong loader\"; }"
            + "   synchronized (System.class) { System.setProperty(\"trace\", System.getProperty(\"trace\", \"\") + s + \" \"); }"
            + "   if (s.startsWith(System.getProperty(\"fail\", \"-\"))) { throw new IllegalStateException(\"told to fail\"); }"
            + "   while (s.startsWith(System.getProperty(\"hang\", \"-\"))) { Thread.yield(); }"
            + " } }";

    private LiveZip patch(Map<String, byte[]> before) throws Exception {
        return LiveZip.between(before, compile(NEW.replace("\"new\"", "Fresh.text()"), EFFECTS))
                .effect("apply", "lib/Fresh", "on", "0")
                .effect("probe", "lib/Fresh", "fits", "0")
                .effect("rollback", "lib/Fresh", "off", "0")
                .effect("drop", "lib/Fresh", "drop", "0");
    }

    private static String trace(Target target) {
        String trace = target.ask("property trace");
        target.ask("clear trace");
        return trace;
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void runAfterApplyAndAfterRollback(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            Path zip = write(patch(before));
            for (int i = 0; i < 2; i++) {
                Target.State state = target.apply(zip);
                assertEquals("ok", state.get("code"), state.toString());
                assertEquals("on:fresh0 fits ", trace(target));
                assertEquals("fresh1", target.ask("call app lib.Greeter"));
                assertEquals("ok", target.request("cmd=rollback").get("code"));
                assertEquals("off:old drop ", trace(target));
                assertEquals("old", target.ask("call app lib.Greeter"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void takeThePatchOutAgainWhenOneFails(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            Path zip = write(patch(before));
            target.ask("set fail on");
            Target.State state = target.apply(zip);
            assertEquals("effect-failed", state.get("code"), state.toString());
            assertEquals("refused", state.get("phase"));
            assertEquals("", state.get("active"));
            assertTrue(state.get("message").contains("lib.Fresh#on"), state.toString());
            assertTrue(state.get("message").contains("told to fail"), state.toString());
            assertEquals("on:fresh0 off:old drop ", trace(target));
            assertEquals("old", target.ask("call app lib.Greeter"));

            target.ask("clear fail");
            target.ask("set unfit true");
            state = target.apply(zip);
            assertEquals("probe-failed", state.get("code"), state.toString());
            assertEquals("on:fresh0 fits off:old drop ", trace(target));
            assertEquals("old", target.ask("call app lib.Greeter"));

            target.ask("clear unfit");
            assertEquals("ok", target.apply(zip).get("code"));
            target.ask("set fail off");
            state = target.request("cmd=rollback");
            assertEquals("ok", state.get("code"), state.toString());
            assertTrue(state.get("message").contains("lib.Fresh#off"), state.toString());
            assertEquals("on:fresh0 fits off:old drop ", trace(target));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void thatDoNotEndDoNotHoldUpTheHook(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            target.ask("set hang on");
            Target.State state = target.apply(write(patch(before)));
            assertEquals("effect-failed", state.get("code"), state.toString());
            assertTrue(state.get("message").contains("did not end within 5000 ms"), state.toString());
            assertEquals("old", target.ask("call app lib.Greeter"));
            target.ask("clear hang");
            assertEquals("ok", target.request("cmd=status").get("code"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void runInEveryLoaderAlsoInOneThatAppearsAfterwards(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Path lib = directory(before);
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            target.ask("loader a child " + lib + "/");
            target.ask("call app lib.Greeter");
            target.ask("call a lib.Greeter");
            assertEquals("ok", target.apply(write(patch(before))).get("code"));
            assertEquals("on:fresh0 on:fresh0 fits fits ", trace(target));
            target.ask("loader b child " + lib + "/");
            target.ask("load b lib.Greeter");
            target.request("cmd=status");
            assertEquals("on:fresh0 fits ", trace(target));
            target.request("cmd=rollback");
            assertEquals("off:old off:old off:old drop drop drop ", trace(target));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void areThoseOfTheNextPatchWhenItTakesThePlace(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Path first = write(patch(before));
        Path next = write(LiveZip.between(before, compile(NEWER, EFFECTS.replace("\"on:", "\"next:")))
                .effect("apply", "lib/Fresh", "on", "0")
                .effect("drop", "lib/Fresh", "drop", "0"));
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            target.apply(first);
            assertEquals("on:fresh0 fits ", trace(target));
            assertEquals("ok", target.apply(next).get("code"));
            assertEquals("next:newer ", trace(target));
            target.ask("set fail on");
            assertEquals("effect-failed", target.apply(first).get("code"));
            assertEquals("on:fresh1 next:newer ", trace(target));
            assertEquals("newer", target.ask("call app lib.Greeter"));
            target.ask("clear fail");
            assertEquals("ok", target.apply(first).get("code"));
            assertEquals("fresh3", target.ask("call app lib.Greeter"), "state is kept over replaces");
            target.request("cmd=rollback");
            assertEquals("ok", target.apply(first).get("code"));
            assertEquals("fresh1", target.ask("call app lib.Greeter"), "state is dropped at the base");
        }
    }
}
