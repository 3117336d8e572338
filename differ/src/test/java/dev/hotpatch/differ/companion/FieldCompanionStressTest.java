package dev.hotpatch.differ.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.differ.fixture.Classes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** Field companions under threads, growth and garbage collection, in every JVM. */
final class FieldCompanionStressTest {
    private static final String JVMS = "dev.hotpatch.differ.companion.ChildJvm#javaHomes";
    private static final String FOO =
            "package p; public class Foo { final int id; public Foo(int id) { this.id = id; } }";
    private static final String STARTS = """
            package p;
            public class Starts {
                static final java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();
                public static Object of(Foo foo) { calls.incrementAndGet(); return new Object(); }
            }
            """;
    private static final String CENSUS = """
            package p;
            import java.lang.reflect.*;
            public class Census {
                static Object read(Class<?> type, String name) throws Exception {
                    Field field = type.getDeclaredField(name);
                    field.setAccessible(true);
                    return field.get(null);
                }
                static int nodes(Class<?> type) throws Exception {
                    int sum = 0;
                    for (int[] counts : (int[][]) read(type, "COUNTS")) { synchronized (counts) { sum += counts[0]; } }
                    return sum;
                }
                static int slots(Class<?> type) throws Exception {
                    int sum = 0;
                    for (Object[] table : (Object[][]) read(type, "TABLES")) { sum += table.length; }
                    return sum;
                }
            }
            """;
    private static final String THREADS = """
            package p;
            import java.util.concurrent.*;
            public class Threads {
                static volatile boolean failed;
                public static void main(String[] a) throws Exception {
                    final Foo[] shared = new Foo[20_000];
                    for (int i = 0; i < shared.length; i++) { shared[i] = new Foo(i); }
                    final Object[][] starts = new Object[4][shared.length];
                    Thread[] threads = new Thread[4];
                    for (int t = 0; t < threads.length; t++) {
                        final int me = t;
                        threads[t] = new Thread(() -> {
                            Foo[] mine = new Foo[2_000];
                            for (int i = 0; i < 400_000 && !failed; i++) {
                                // Short-lived objects of our own, each checked until it goes.
                                int slot = i % mine.length;
                                if (mine[slot] != null && Foo$$hpIf.get(mine[slot]) != mine[slot].id) { failed = true; }
                                mine[slot] = new Foo(i + 1);
                                Foo$$hpIf.set(mine[slot], i + 1);
                                // Objects of all, each written by one thread and read by all.
                                int index = i % shared.length;
                                if (index % 4 == me) { Foo$$hpJf.set(shared[index], Foo$$hpJf.get(shared[index]) + 1); }
                                if (index < 5_000) {
                                    Object start = Foo$$hpLf.get(shared[index]);
                                    if (starts[me][index] == null) { starts[me][index] = start; }
                                    if (starts[me][index] != start) { failed = true; }
                                }
                                if (me == 0 && i % 50_000 == 0) { System.gc(); }
                            }
                        });
                        threads[t].start();
                    }
                    for (Thread thread : threads) { thread.join(); }
                    long sum = 0;
                    boolean same = true;
                    for (int i = 0; i < shared.length; i++) {
                        sum += Foo$$hpJf.get(shared[i]);
                        for (Object[] other : starts) { same &= other[i] == starts[0][i]; }
                    }
                    System.out.println("failed " + failed + ", sum " + sum + ", same " + same);
                    System.out.println("nodes " + Census.nodes(Foo$$hpJf.class) + " " + Census.nodes(Foo$$hpLf.class));
                }
            }
            """;
    private static final String MEMORY = """
            package p;
            import java.util.*;
            public class Memory {
                static long used() { System.gc(); Runtime r = Runtime.getRuntime(); return r.totalMemory() - r.freeMemory(); }
                public static void main(String[] a) throws Exception {
                    long before = used();
                    int count = 1_000_000;
                    List<Foo> all = new ArrayList<>(count);
                    for (int i = 0; i < count; i++) { all.add(new Foo(i)); }
                    long objects = used();
                    long start = System.nanoTime();
                    for (Foo foo : all) { Foo$$hpIf.set(foo, foo.id + 1); }
                    long set = System.nanoTime() - start;
                    long full = used();
                    for (Foo foo : all) { if (Foo$$hpIf.get(foo) != foo.id + 1) { throw new IllegalStateException(); } }
                    System.out.println("nodes " + Census.nodes(Foo$$hpIf.class));
                    all = null;
                    Foo one = new Foo(0);
                    // Dead nodes go when somebody writes; the collector queues them when it likes.
                    long end = System.nanoTime() + 30_000_000_000L;
                    while (Census.nodes(Foo$$hpIf.class) > 1 && System.nanoTime() < end) {
                        System.gc();
                        for (int i = 0; i < 4_000; i++) { Foo$$hpIf.set(one, i); }
                    }
                    long after = used();
                    System.out.println("left " + Census.nodes(Foo$$hpIf.class) + " in " + Census.slots(Foo$$hpIf.class) + " slots");
                    System.out.println("less than 8 MB kept: " + (after - before < 8_000_000));
                    System.err.println("bytes an object " + (full - objects) / count + ", ns a first set " + set / count);
                }
            }
            """;
    private static final String CYCLES = """
            package p;
            import java.lang.ref.*;
            public class Cycles {
                static boolean goes(WeakReference<?> object) throws Exception {
                    for (int i = 0; i < 20 && object.get() != null; i++) { System.gc(); Foo$$hpLf.set(new Foo(i), "x"); }
                    return object.get() == null;
                }
                static WeakReference<Foo> make(boolean back, boolean overwrite) {
                    Foo foo = new Foo(1);
                    Foo$$hpLf.set(foo, back ? new Object[] {foo} : new Object[1]);
                    if (overwrite) { Foo$$hpLf.set(foo, null); }
                    return new WeakReference<>(foo);
                }
                public static void main(String[] a) throws Exception {
                    System.out.println("value of its own: " + goes(make(false, false)));
                    System.out.println("refers back, overwritten: " + goes(make(true, true)));
                    WeakReference<Foo> kept = make(true, false);
                    System.out.println("refers back: " + goes(kept));
                    Foo$$hpLf.hotpatchDrop();
                    System.out.println("refers back, dropped: " + goes(kept));
                }
            }
            """;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @MethodSource(JVMS)
    void losesNothingWhileThreadsWriteAndTheCollectorRuns(String javaHome) throws Exception {
        assertEquals(List.of("failed false, sum 400000, same true", "nodes 20000 5000"), run(javaHome, "p.Threads"));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void givesMemoryBackWhenObjectsAreGone(String javaHome) throws Exception {
        List<String> lines = run(javaHome, "p.Memory");
        System.err.println(javaHome + ": " + lines.get(3));
        assertEquals(List.of("nodes 1000000", "left 1 in 256 slots", "less than 8 MB kept: true"), lines.subList(0, 3));
    }

    /** What leaks is stated here, so that it is noticed if it changes. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void keepsOnlyObjectsToWhichTheirOwnValueRefers(String javaHome) throws Exception {
        assertEquals(
                List.of(
                        "value of its own: true",
                        "refers back, overwritten: true",
                        "refers back: false",
                        "refers back, dropped: true"),
                run(javaHome, "p.Cycles"));
    }

    private List<String> run(String javaHome, String main) throws Exception {
        Map<String, byte[]> companions = new TreeMap<>();
        FieldCompanion.InitialCall starts =
                new FieldCompanion.InitialCall("p/Starts", "of", "(Lp/Foo;)Ljava/lang/Object;", false);
        boolean initial = main.equals("p.Threads");
        companions.put("p/Foo$$hpIf", FieldCompanion.generate("p/Foo$$hpIf", "p/Foo", "i", "I", false, null, null));
        companions.put("p/Foo$$hpJf", FieldCompanion.generate("p/Foo$$hpJf", "p/Foo", "j", "J", true, null, null));
        companions.put(
                "p/Foo$$hpLf",
                FieldCompanion.generate(
                        "p/Foo$$hpLf", "p/Foo", "l", "Ljava/lang/Object;", false, null, initial ? starts : null));
        Map<String, byte[]> visible = new TreeMap<>();
        companions.forEach((name, bytes) -> visible.put(name, visible(bytes)));
        Path headers = ChildJvm.write(scratch.resolve("headers"), visible);
        Path classes = ChildJvm.write(
                scratch.resolve("classes"),
                Classes.compile(
                        List.of("--release", "8", "-Xlint:-options", "-cp", headers.toString()),
                        FOO,
                        STARTS,
                        CENSUS,
                        THREADS,
                        MEMORY,
                        CYCLES));
        ChildJvm.write(classes, companions);
        return ChildJvm.run(javaHome, "-Xmx512m", "-cp", classes.toString(), main);
    }

    /** As the compiler of Java wants it, which does not see what is synthetic. */
    private static byte[] visible(byte[] companion) {
        ClassNode node = new ClassNode();
        new ClassReader(companion).accept(node, ClassReader.SKIP_CODE);
        node.access &= ~Opcodes.ACC_SYNTHETIC;
        node.methods.forEach(method -> method.access &= ~Opcodes.ACC_SYNTHETIC);
        return Template.write(node);
    }
}
