package dev.hotpatch.jvmagent.core;

import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JVM of its own that runs the driver of the test resources, with the hook put in from here. Closing it ends it. */
final class Target implements AutoCloseable {
    /** What the hook has published; a field that is not there is empty. */
    record State(Map<String, String> fields) {
        String get(String field) {
            return fields.getOrDefault(field, "");
        }
    }

    static final String HOOK = System.getProperty("hotpatch.hookJar", "target/hotpatch-jvm-agent.jar");
    private static final long LIMIT_SECONDS = 20;

    private final Process process;
    private final Path stderr;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(10_000);
    private @Nullable VirtualMachine attached;
    private int requests;

    private Target(Process process, Path stderr) {
        this.process = process;
        this.stderr = stderr;
        Thread reader = new Thread(() -> {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("closed: " + e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** The JVMs to test in. */
    static Stream<String> javaHomes() {
        String homes = System.getProperty("hotpatch.javaHomes", "");
        return homes.isBlank() ? Stream.of(System.getProperty("java.home")) : Arrays.stream(homes.split(":"));
    }

    /** Starts the driver with the class path and further options of the JVM. */
    static Target start(String javaHome, Path scratch, String classPath, String... options) throws IOException {
        Path driver = Files.createDirectories(scratch.resolve("driver"));
        try (InputStream text = Target.class.getResourceAsStream("/Driver.txt")) {
            if (!Files.exists(driver.resolve("Driver.class"))) {
                String source = new String(text.readAllBytes(), StandardCharsets.UTF_8);
                Sources.write(driver, Sources.compile(scratch, Map.of("Driver", source)));
            }
        }
        List<String> command = new ArrayList<>(List.of(javaHome + "/bin/java", "-Xmx64m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", driver + ":" + classPath, "Driver"));
        Path stderr = Files.createTempFile(scratch, "stderr", ".txt");
        return new Target(
                new ProcessBuilder(command).redirectError(stderr.toFile()).start(), stderr);
    }

    /** Sends a line to the driver and returns its answer, which is the only thing that standard output may have. */
    String ask(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String answer = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IllegalStateException("no answer to " + line + ": " + Files.readString(stderr));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a request to the hook by late attach and waits for its outcome. */
    State request(String arguments) throws Exception {
        String id = "r" + requests++;
        load("v=1;id=" + id + ";" + arguments);
        return await(id);
    }

    State apply(Path zip) throws Exception {
        return request("cmd=apply;zip=" + zip + ";sha256=" + LiveZip.sha256(Files.readAllBytes(zip)));
    }

    void load(String arguments) throws Exception {
        if (attached == null) {
            ask("property java.version");
            attached = VirtualMachine.attach(Long.toString(process.pid()));
        }
        try {
            attached.loadAgent(HOOK, arguments);
        } catch (AgentLoadException e) {
            // What a JVM 8 answers when all is well, which this client does not understand.
            if (!"0".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /** Waits until the hook has answered the request of this id. */
    State await(String id) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < end) {
            State state = state();
            if (id.equals(state.get("request")) && !"running".equals(state.get("phase"))) {
                return state;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("no outcome of " + id + ", state " + state() + ", stderr " + stderr());
    }

    State state() {
        Map<String, String> state = new TreeMap<>();
        for (String field : ask("property dev.hotpatch.state").split(";", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                state.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return new State(state);
    }

    String stderr() {
        try {
            return Files.readString(stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many classes the JVM has, after two collections; its own counter also counts every redefinition. In the first one JVMs before
     * 17 only find out that the class objects of replaced versions are free: a program that redefines a class 300 times without any
     * hook shows 300 more after one collection and none after two.
     */
    long countClasses() {
        var unused = histogram();
        String histogram = histogram();
        return histogram
                .lines()
                .map(line -> line.trim().split("\\s+", -1))
                .filter(fields -> fields.length >= 4 && fields[3].equals("java.lang.Class"))
                .mapToLong(fields -> Long.parseLong(fields[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(histogram));
    }

    /** What is on the heap; the JVM collects before it counts. */
    private String histogram() {
        try {
            String pid = Long.toString(process.pid());
            Process jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", pid, "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (attached != null) {
            attached.detach();
        }
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the driver did not end: " + stderr());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }
}
