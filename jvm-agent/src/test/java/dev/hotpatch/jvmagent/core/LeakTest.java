package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a thousand patches leave behind. */
class LeakTest extends HookCase {
    private static final int CYCLES = 1_000;
    private static final int WARM = 200;

    @ParameterizedTest
    @MethodSource(JVMS)
    void leaksNeitherThreadsNorClassesNorMetaspace(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = compile(
                NEW.replace("\"new\"", "Fresh.text()"),
                FRESH.replace(
                        "{ static",
                        "{ static int runs; static void on() { runs++; }"
                                + " static boolean fits() { return runs == 1; } static void drop() { runs = 0; } static"));
        LiveZip patch = LiveZip.between(before, after)
                .effect("apply", "lib/Fresh", "on", "0")
                .effect("probe", "lib/Fresh", "fits", "0")
                .effect("drop", "lib/Fresh", "drop", "0");
        Path zip = write(patch);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            target.apply(zip);
            long end = System.nanoTime() + 20_000_000_000L;
            while (target.ask("jmx Code").startsWith("THROWN") && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            target.request("cmd=rollback");
            String threads = "";
            long classes = 0;
            long metaspace = 0;
            for (int i = 1; i <= CYCLES; i++) {
                assertEquals("ok", target.apply(zip).get("code"));
                assertEquals("fresh ", target.ask("call app lib.Greeter"));
                assertEquals("ok", target.request("cmd=rollback").get("code"));
                assertEquals("old", target.ask("call app lib.Greeter"));
                if (i == WARM) {
                    threads = target.ask("threads");
                    classes = target.countClasses();
                    metaspace = Long.parseLong(target.ask("jmx metaspace"));
                }
            }
            assertEquals(threads, target.ask("threads"));
            // A few JDK classes come late; one class in a cycle would be 800.
            long grown = target.countClasses() - classes;
            assertTrue(grown < 40, grown + " classes more");
            long bytes = Long.parseLong(target.ask("jmx metaspace")) - metaspace;
            System.out.println("after " + CYCLES + " cycles in " + jvm + ": " + grown + " classes and " + bytes
                    + " bytes of metaspace more than after " + WARM);
            // The two classes take some 10 KiB in every version that is kept.
            assertTrue(bytes < 1 << 20, bytes + " bytes of metaspace more");
        }
    }
}
