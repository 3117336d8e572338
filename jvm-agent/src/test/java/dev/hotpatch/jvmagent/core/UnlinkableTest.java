package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that are loaded, and that no verifier passes as long as a library is missing. */
class UnlinkableTest extends HookCase {
    private static final String MISSING = "package lib; public class Missing { }";
    private static final String SUB = "package lib; public class Sub extends Missing { }";
    /** To know that a Sub is a Missing the verifier loads both. */
    private static final String USER = "package lib; public class User {"
            + " static Missing pick(Sub s) { Missing m = s == null ? null : s; return m; }"
            + " public static String say() { return \"old\"; } }";
    /** Links, yet no list of its members can be had. */
    private static final String MENTIONS = "package lib; public class Mentions { Missing m;"
            + " Mentions(Missing m) { } Missing m() { return m; } static String text() { return \"old\"; } }";

    private static final String READS =
            "package lib; public class Reads {" + " public static String say() { return Mentions.text(); } }";

    @ParameterizedTest
    @MethodSource(JVMS)
    void leavesOutAClassThatCannotBeLinkedUntilItCan(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD, MISSING, SUB, USER, MENTIONS, READS);
        Map<String, byte[]> after =
                compile(NEW, MISSING, SUB, USER.replace("old", "new"), MENTIONS.replace("old", "new"), READS);
        Path lib = directory(without(before));
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            for (String name : new String[] {"Greeter", "User", "Mentions"}) {
                target.ask("load app lib." + name);
            }
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("ok", state.get("code"), state.toString());
            assertEquals("2", state.get("loaded"), state.toString());
            assertEquals("1", state.get("skipped"), state.toString());
            assertTrue(state.get("message").contains("not-linkable: lib.User"), state.toString());
            assertEquals("new", target.ask("call app lib.Greeter"));
            assertEquals("new", target.ask("call app lib.Reads"));
            assertTrue(target.ask("call app lib.User").contains("lib.Missing"));
            assertEquals("1", target.request("cmd=status").get("skipped"));

            Sources.write(lib, before);
            state = target.request("cmd=status");
            assertEquals("3", state.get("loaded"), state.toString());
            assertEquals("0", state.get("skipped"), state.toString());
            target.request("cmd=rollback");
            for (String name : new String[] {"Greeter", "Reads"}) {
                assertEquals("old", target.ask("call app lib." + name), name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void rollsBackAroundAClassThatCannotBeLinked(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD, MISSING, SUB, USER);
        Map<String, byte[]> after = compile(NEW, MISSING, SUB, USER.replace("old", "new"));
        try (Target target =
                Target.start(jvm, scratch, directory(without(before)).toString())) {
            target.ask("load app lib.Greeter");
            target.ask("load app lib.User");
            target.apply(write(LiveZip.between(before, after)));
            Target.State state = target.request("cmd=rollback");
            assertEquals("ok", state.get("code"), state.toString());
            assertEquals("1", state.get("loaded"), state.toString());
            assertEquals("0", state.get("skipped"), state.toString());
            assertEquals("old", target.ask("call app lib.Greeter"));
        }
    }

    private static Map<String, byte[]> without(Map<String, byte[]> all) {
        Map<String, byte[]> some = new HashMap<>(all);
        some.keySet().removeIf(name -> name.equals("lib/Missing") || name.equals("lib/Sub"));
        return some;
    }
}
