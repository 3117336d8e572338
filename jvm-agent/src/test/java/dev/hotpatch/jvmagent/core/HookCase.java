package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the hook have in common: a small library {@code lib} in several versions, as class files and as patches. */
abstract class HookCase {
    static final String JVMS = "dev.hotpatch.jvmagent.core.Target#javaHomes";
    static final String OLD = "package lib; public class Greeter { public static String say() { return \"old\"; } }";
    static final String NEW = "package lib; public class Greeter { public static String say() { return \"new\"; } }";
    static final String NEWER =
            "package lib; public class Greeter { public static String say() { return \"newer\"; } }";
    static final String FRESH = "package lib; class Fresh { static String text() { return \"fresh \"; } }";

    private static final Pattern NAME = Pattern.compile("(?:class|interface) ([\\w$]+)");

    @TempDir
    Path scratch;

    /** Compiles sources of one type each, of package {@code lib}. */
    final Map<String, byte[]> compile(String... sources) throws Exception {
        Map<String, String> named = new TreeMap<>();
        for (String source : sources) {
            Matcher name = NAME.matcher(source);
            assertTrue(name.find());
            named.put("lib/" + name.group(1), source);
        }
        return Sources.compile(scratch, named);
    }

    final Path write(LiveZip zip) throws Exception {
        return Files.write(Files.createTempFile(scratch, "live", ".zip"), zip.bytes());
    }

    final Path directory(Map<String, byte[]> classes) throws Exception {
        return Sources.write(Files.createTempDirectory(scratch, "lib"), classes);
    }
}
