package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a thousand patches leave behind. */
class LeakTest extends HookCase {
    @ParameterizedTest
    @MethodSource(JVMS)
    void leaksNeitherThreadsNorClasses(String jvm) throws Exception {
        Map<String, byte[]> before = compile(OLD);
        Map<String, byte[]> after = compile(NEW.replace("\"new\"", "Fresh.text()"), FRESH);
        try (Target target = Target.start(jvm, scratch, directory(before).toString())) {
            target.ask("call app lib.Greeter");
            Path zip = write(LiveZip.between(before, after));
            String threads = "";
            long classes = 0;
            for (int i = 0; i < 200; i++) {
                assertEquals("ok", target.apply(zip).get("code"));
                assertEquals("fresh ", target.ask("call app lib.Greeter"));
                assertEquals("ok", target.request("cmd=rollback").get("code"));
                assertEquals("old", target.ask("call app lib.Greeter"));
                if (i == 49) {
                    threads = target.ask("threads");
                    classes = target.countClasses();
                }
            }
            assertEquals(threads, target.ask("threads"));
            // A few JDK classes come late; one class in a cycle would be 150.
            long grown = target.countClasses() - classes;
            assertTrue(grown < 20, grown + " classes more");
        }
    }
}
