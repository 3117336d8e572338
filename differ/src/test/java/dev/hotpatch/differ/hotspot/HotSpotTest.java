package dev.hotpatch.differ.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.differ.fixture.FixedSide;
import dev.hotpatch.differ.lift.Compilation;
import dev.hotpatch.differ.lift.LiveCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that runs the tests takes what the plan says goes live, and what is blocked is left out. */
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
    void takesWhatGoesLive() throws Exception {
        Map<String, byte[]> old = new TreeMap<>();
        Map<String, byte[]> now = new TreeMap<>();
        for (String[] pair : PAIRS) {
            old.putAll(Classes.compile(pair[0]));
            now.putAll(Classes.compile(pair[1]));
        }
        List<String> list = new ArrayList<>();
        Compilation compilation =
                LiveCompiler.compile(new FixedSide(old), new FixedSide(now), new FixedSide(Map.of()), new Parallel(1));
        Map<String, byte[]> defined = new TreeMap<>(old);
        compilation.defined().forEach((name, one) -> defined.put(name, one.bytes()));
        for (Compilation.Redefined one : compilation.redefined().values()) {
            if (!compilation.blocked().containsKey(one.name())) {
                list.add(one.name() + "\t" + Files.write(folder.resolve(one.name() + ".class"), one.bytes()));
            }
        }
        Path classes = Files.write(folder.resolve("old.jar"), Archives.jar(Archives.entries("", defined)));
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
        List<String> taken = Files.readAllLines(outcome).stream()
                .filter(line -> line.startsWith("taken"))
                .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                .toList();
        assertEquals(List.of("A", "B", "C", "D", "E", "G", "H", "I", "J", "L"), taken, () -> "outcome in " + outcome);
        assertEquals(Set.of("K", "N"), compilation.blocked().keySet());
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
