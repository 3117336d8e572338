package dev.hotpatch.nodeagent.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A JVM started for a test; closing ends it. */
public final class ChildJvm implements AutoCloseable {
    public static final Path JDK_17 = Path.of(System.getProperty("java.home"));
    public static final Path JDK_25 = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process, BufferedReader output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@link Idle} with the JDK at {@code home}, behind the words of {@code prefix}, and waits until it runs. */
    public static ChildJvm start(
            Path home, Path directory, List<String> prefix, List<String> options, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin/java").toString());
        command.addAll(List.of("-Xshare:auto", "-Xmx64m", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classes(directory).toString(), Idle.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.directory(directory.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (!"running".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the child JVM said '" + line + "' instead of 'running'");
        }
        return new ChildJvm(process, out);
    }

    /** Options of util-linux's setpriv for another user. */
    public static List<String> asUser(int id) {
        return List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--inh-caps=-all");
    }

    /** A jar with {@link ProbeAgent}. */
    public static byte[] probeJar() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", ProbeAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry(entry(ProbeAgent.class)));
            jar.write(bytes(ProbeAgent.class));
        }
        return bytes.toByteArray();
    }

    /** The JVM's process number; it is a child of the process started where that one had to fork. */
    public int pid() {
        return (int) process.children()
                .findFirst()
                .map(ProcessHandle::pid)
                .orElseGet(process::pid)
                .longValue();
    }

    /** Whether it printed anything that nobody asked for. */
    public boolean hasPrinted() throws IOException {
        return output.ready();
    }

    /** What the program says now: {@code old}, unless it is patched. */
    public String ask() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return String.valueOf(output.readLine());
    }

    /** The class file that patches change. */
    public static byte[] greetingClass() throws IOException {
        return bytes(Greeting.class);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        end();
    }

    /** Kills it, waits for its end, and removes the attach socket that it could not. */
    public void end() {
        Path socket = Path.of("/tmp/.java_pid" + pid());
        process.children().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies the program to where another user can read it. */
    private static Path classes(Path directory) throws IOException {
        Path root = directory.resolve("classes");
        Path file = root.resolve(entry(Idle.class));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(Idle.class));
        Path greeting = Files.write(root.resolve(entry(Greeting.class)), bytes(Greeting.class));
        Files.setPosixFilePermissions(greeting, PosixFilePermissions.fromString("rw-r--r--"));
        for (Path path = file; path != null && path.startsWith(directory); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return root;
    }

    private static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getClassLoader().getResourceAsStream(entry(type))) {
            if (in == null) {
                throw new IOException("no class file of " + type);
            }
            return in.readAllBytes();
        }
    }
}
