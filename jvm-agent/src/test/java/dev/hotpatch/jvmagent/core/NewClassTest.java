package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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

    /** A companion refers to its class in descriptors and code only, so it is there before the class itself is. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void companionsAreThereForTheStaticInitialiserOfAClassThatLoadsLate(String jvm) throws Exception {
        String source = "package lib; public class Starter {"
                + " static String text; static { text = %s; } public static String say() { return text; } }";
        Map<String, byte[]> before = compile(source.formatted("\"old\""));
        Map<String, byte[]> after = compile(
                source.formatted("Starter$$hp1.text(new Starter(), null)"),
                "package lib; class Starter$$hp1 {"
                        + " static String text(Starter self, Starter[] more) { return self.getClass().getSimpleName(); } }");
        Path lib = directory(before);
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            target.ask("loader child child " + lib + "/");
            target.ask("bytes memory " + lib);
            assertEquals(
                    "1", target.apply(write(LiveZip.between(before, after))).get("pending"));
            for (String loader : new String[] {"app", "child", "memory"}) {
                assertEquals("Starter", target.ask("call " + loader + " lib.Starter"), loader);
            }
            assertEquals("3", target.request("cmd=status").get("defined"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void becomeThoseOfTheNextPatchAndOfTheOneBefore(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        String user = NEW.replace("\"new\"", "Fresh.text()");
        Path first = write(LiveZip.between(before, compile(user, FRESH)));
        Path next = write(LiveZip.between(before, compile(user, FRESH.replace("fresh", "fresher"))));
        Path lib = directory(before);
        try (Target target = Target.start(jvm, scratch, lib.toString())) {
            target.ask("call app lib.Greeter");
            for (Path zip : new Path[] {first, next, first}) {
                Target.State state = target.apply(zip);
                assertEquals("ok", state.get("code"), state.toString());
                assertEquals("1", state.get("defined"));
                assertEquals(zip == next ? "fresher " : "fresh ", target.ask("call app lib.Greeter"));
            }
            target.request("cmd=rollback");
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertEquals("ok", target.apply(next).get("code"));
            assertEquals("fresher ", target.ask("call app lib.Greeter"));
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void areRefusedBeforeAnythingIsTouchedIfTheirMembersDiffer(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        String user = NEW.replace("\"new\"", "Fresh.text()");
        Path first = write(LiveZip.between(before, compile(user, FRESH)));
        Path next = write(LiveZip.between(
                before, compile(user, FRESH.replace("static String", "static int count; static String"))));
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            String active = target.apply(first).get("active");
            Target.State state = target.apply(next);
            assertEquals("new-class-shape", state.get("code"), state.toString());
            assertTrue(state.get("message").contains("lib/Fresh"), state.toString());
            assertEquals(active, state.get("active"));
            assertEquals("fresh ", target.ask("call app lib.Greeter"));
        }
    }

    /** Every class of a package must have the same signers; another jar of the same loader has others. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void getTheSignersOfTheirPackage(String jvm) throws Exception {
        Map<String, String> old = Map.of("lib/Greeter", OLD, "other/Greeter", OLD.replace("lib;", "other;"));
        Map<String, String> changed = Map.of(
                "lib/Greeter", NEW.replace("\"new\"", "Fresh.text()"),
                "lib/Fresh", FRESH,
                "other/Greeter", NEW.replace("lib;", "other;"));
        Map<String, byte[]> before = Sources.compile(scratch, old);
        Map<String, byte[]> after = Sources.compile(scratch, changed);
        byte[] none = new byte[0];
        LiveZip patch = new LiveZip().unit("/app/plain.jar").unit("/app/signed.jar");
        patch.redefine(
                "other/Greeter",
                before.getOrDefault("other/Greeter", none),
                after.getOrDefault("other/Greeter", none),
                "0");
        patch.redefine(
                "lib/Greeter", before.getOrDefault("lib/Greeter", none), after.getOrDefault("lib/Greeter", none), "1");
        patch.add("lib/Fresh", after.getOrDefault("lib/Fresh", none), "1");
        Path plain = Jars.write(scratch.resolve("plain.jar"), before, "other/");
        Path signed = Jars.sign(Jars.write(scratch.resolve("signed.jar"), before, "lib/"));
        try (Target target = Target.start(jvm, scratch, plain + ":" + signed)) {
            target.ask("loader later own " + signed);
            target.ask("call app other.Greeter");
            target.ask("call app lib.Greeter");
            assertEquals("1", target.ask("signers app lib.Greeter"));
            Target.State state = target.apply(write(patch));
            assertEquals("ok", state.get("code"), state.toString());
            for (String loader : new String[] {"app", "later"}) {
                assertEquals("fresh ", target.ask("call " + loader + " lib.Greeter"));
                assertEquals("1", target.ask("signers " + loader + " lib.Fresh"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void areInTheModuleOfTheirPackageAndReachItsPrivateMembers(String jvm) throws Exception {
        assumeTrue(Files.exists(Path.of(jvm, "lib", "modules")), "Java 8 has no modules");
        String greeter = "package lib; public class Greeter { public static String say() { return %s; }"
                + " private static String secret() { return Greeter.class.getModule().getName(); } }";
        String module = "module lib.mod { exports lib; }";
        Map<String, byte[]> before = Sources.compile(
                scratch, "9", Map.of("module-info", module, "lib/Greeter", greeter.formatted("\"old\"")));
        Map<String, byte[]> after = Sources.compile(
                scratch,
                "9",
                Map.of(
                        "module-info",
                        module,
                        "lib/Greeter",
                        greeter.formatted("Fresh.text()"),
                        "lib/Fresh",
                        "package lib; import java.lang.invoke.*; class Fresh { static String text() {"
                                + " try { return (String) MethodHandles.privateLookupIn(Greeter.class, MethodHandles.lookup())"
                                + ".findStatic(Greeter.class, \"secret\", MethodType.methodType(String.class)).invoke(); }"
                                + " catch (Throwable t) { return t.toString(); } }"
                                + " private static boolean fits() { return Fresh.class.getModule() == Greeter.class.getModule(); } }"));
        LiveZip patch = LiveZip.between(before, after).effect("probe", "lib/Fresh", "fits", "0");
        Path modules = directory(before);
        String[] options = {"-p", modules.toString(), "--add-modules", "lib.mod"};
        for (boolean late : new boolean[] {false, true}) {
            try (Target target = Target.start(jvm, scratch, scratch.toString(), options)) {
                target.ask(late ? "property x" : "call app lib.Greeter");
                Target.State state = target.apply(write(patch));
                assertEquals("ok", state.get("code"), state.toString());
                assertEquals("lib.mod", target.ask("call app lib.Greeter"));
                assertEquals("", target.request("cmd=status").get("message"));
            }
        }
    }

    /** A package that the application has loaded nothing of yet is sealed by the new class as the jar wants it. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void leaveAPackageSealedThatTheirJarSeals(String jvm) throws Exception {
        String old = OLD.replace("lib;", "more;");
        Map<String, byte[]> before = Sources.compile(scratch, Map.of("lib/Greeter", OLD, "more/Greeter", old));
        Map<String, byte[]> after = Sources.compile(
                scratch,
                Map.of(
                        "lib/Greeter", NEW.replace("\"new\"", "more.Fresh.text()"),
                        "more/Fresh",
                                FRESH.replace("lib;", "more;")
                                        .replace("class", "public class")
                                        .replace("static", "public static"),
                        "more/Greeter", old));
        Path jar = Jars.write(scratch.resolve("sealed.jar"), before, "", "Sealed", "true");
        for (String loaded : new String[] {"lib.Greeter", "more.Greeter", "none"}) {
            try (Target target = Target.start(jvm, scratch, jar.toString())) {
                target.ask(loaded.equals("none") ? "property x" : "call app " + loaded);
                assertEquals(
                        "ok",
                        target.apply(write(LiveZip.between(before, after))).get("code"));
                assertEquals("fresh ", target.ask("call app lib.Greeter"), loaded);
                assertEquals("old", target.ask("call app more.Greeter"), loaded);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void areRefusedInAPackageThatTheirModuleHasNot(String jvm) throws Exception {
        assumeTrue(Files.exists(Path.of(jvm, "lib", "modules")), "Java 8 has no modules");
        String module = "module lib.mod { exports lib; }";
        Map<String, byte[]> before = Sources.compile(scratch, "9", Map.of("module-info", module, "lib/Greeter", OLD));
        Map<String, byte[]> after = Sources.compile(
                scratch,
                "9",
                Map.of(
                        "module-info",
                        module,
                        "lib/Greeter",
                        NEW.replace("\"new\"", "more.Fresh.text()"),
                        "more/Fresh",
                        "package more; public class Fresh { public static String text() {"
                                + " return Fresh.class.getModule().getName(); } }"));
        String[] options = {"-p", directory(before).toString(), "--add-modules", "lib.mod"};
        try (Target target = Target.start(jvm, scratch, scratch.toString(), options)) {
            target.ask("call app lib.Greeter");
            Target.State state = target.apply(write(LiveZip.between(before, after)));
            assertEquals("define-refused", state.get("code"), state.toString());
            assertTrue(state.get("message").contains("takes a restart"), state.toString());
            assertEquals("old", target.ask("call app lib.Greeter"));
        }
        // Of a class that loads later the patch learns too late; it keeps the application's code.
        try (Target target = Target.start(jvm, scratch, scratch.toString(), options)) {
            target.ask("property x");
            assertEquals(
                    "ok", target.apply(write(LiveZip.between(before, after))).get("code"));
            assertEquals("old", target.ask("call app lib.Greeter"));
            assertTrue(target.request("cmd=status").get("message").contains("takes a restart"));
        }
    }
}
