package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New classes of a patch, companions among them. */
class NewClassTest extends HookCase {
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
}
