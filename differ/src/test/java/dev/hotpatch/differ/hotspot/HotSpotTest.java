package dev.hotpatch.differ.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.classes.ClassComparison;
import dev.hotpatch.differ.classes.ClassVerdict;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.patchformat.plan.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that runs the tests takes what is decided to be redefined, and refuses what is blocked for its shape. */
class HotSpotTest {
    /** Old and new source of a class; each pair has a class name of its own. */
    private static final String[][] PAIRS = {
        {"class A { int a() { return 1; } }", "class A { int a() { return 2; } }"},
        {"class B { int x; long y; int a() { return 1; } }", "class B { long y; int x; int a() { return 2; } }"},
        {
            "class C implements Runnable, Cloneable { public void run() {} }",
            "class C implements Cloneable, Runnable { public void run() { hashCode(); } }"
        },
        {
            "class D { class X {} class Y {} int a() { return 1; } }",
            "class D { class Y {} class X {} int a() { return 2; } }"
        },
        {"record E(int a) { int b() { return 1; } }", "record E(@Deprecated int a) { int b() { return 2; } }"},
        {
            "class G { Runnable a() { return () -> System.out.println(1); } }",
            "class G { Runnable a() { return () -> System.out.println(2); } }"
        },
        {"class H { void a() {} }", "class H { void a() {} void b() {} }"},
        {"class I { int a; }", "class I { }"},
        {"class J { void a() {} }", "final class J { void a() {} }"},
        {"class K { }", "class K implements Cloneable { }"},
        {"class L { }", "class L { class M { } }"},
        {"record N(int a) { }", "record N(long a) { }"},
    };

    @TempDir
    Path folder;

    @Test
    void agreesWithTheDecisions() throws Exception {
        Map<String, byte[]> old = new LinkedHashMap<>();
        Map<String, Boolean> expected = new LinkedHashMap<>();
        List<String> list = new ArrayList<>();
        for (String[] pair : PAIRS) {
            Map<String, byte[]> base = Classes.compile(pair[0]);
            String name = base.keySet().iterator().next();
            byte[] before = Objects.requireNonNull(base.get(name));
            byte[] after = Objects.requireNonNull(Classes.compile(pair[1]).get(name));
            ClassVerdict verdict = ClassComparison.compare(before, after);
            old.putAll(Archives.entries("", base));
            expected.put(name, verdict.decision() == Decision.REDEFINE);
            list.add(name + "\t" + Files.write(folder.resolve(name + ".class"), verdict.classFile()));
        }
        Path classes = Files.write(folder.resolve("old.jar"), Archives.jar(old));
        Path names = Files.write(folder.resolve("list"), list);
        Path outcome = folder.resolve("outcome");
        Path agent = agent();
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + agent + "=" + names + "," + outcome,
                        "-cp",
                        classes.toString(),
                        RedefineAgent.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            assertTrue(jvm.waitFor(60, TimeUnit.SECONDS), "the child JVM ends");
        } finally {
            jvm.destroyForcibly();
        }
        Map<String, Boolean> taken = new LinkedHashMap<>();
        for (String line : Files.readAllLines(outcome)) {
            taken.put(line.substring(line.lastIndexOf('\t') + 1), line.startsWith("taken"));
        }
        assertEquals(expected, taken, () -> "outcome in " + outcome);
        assertEquals(6, expected.values().stream().filter(taking -> taking).count());
    }

    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", RedefineAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        String entry = RedefineAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest);
                InputStream in = Objects.requireNonNull(RedefineAgent.class.getResourceAsStream("/" + entry))) {
            zip.putNextEntry(new ZipEntry(entry));
            in.transferTo(zip);
        }
        return jar;
    }
}
