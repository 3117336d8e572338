package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes and loaders that appear after the patch. */
class LateLoadTest extends HookCase {
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
}
