package dev.hotpatch.nodeagent.proc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Looks at processes through a mounted proc file system. All that it reads may have been chosen by the process looked at: sizes
 * are bounded and nothing is believed beyond what the kernel itself writes. Immutable, for any thread.
 */
public final class ProcFs {
    private static final int SIGQUIT = 3;
    private static final int SMALL = 64 * 1024;
    private static final int ARGUMENTS = 4 << 20;
    private static final int MAPS = 32 << 20;
    private static final int MAX_IMAGE = 512;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,6}");

    private final Path root;
    private final long self;

    /**
     * Looks at the processes below {@code root}.
     *
     * @param root where proc is mounted, for this process's own pid name space
     * @param self this program's process number, which is never reported as a JVM
     */
    public ProcFs(Path root, long self) {
        this.root = root;
        this.self = self;
    }

    /** The proc file system of this machine. */
    public static ProcFs system() {
        return new ProcFs(Path.of("/proc"), ProcessHandle.current().pid());
    }

    /** The numbers of all processes, ascending. */
    public List<Integer> pids() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (NUMBER.matcher(name).matches()) {
                    pids.add(Integer.parseInt(name));
                }
            }
        }
        pids.sort(null);
        return pids;
    }

    /** Looks at one process now. A process that ends meanwhile is {@link Inspection.NotJvm}. */
    public Inspection inspect(int pid) throws IOException {
        if (pid == self) {
            return new Inspection.NotJvm();
        }
        try {
            ProcStatus status = ProcStatus.parse(text(pid, "status", SMALL));
            if (status.isDead() || status.threadGroup() != pid) {
                return new Inspection.NotJvm();
            }
            Optional<String> library = virtualMachine(bytes(pid, "maps", MAPS));
            return library.isEmpty() ? new Inspection.NotJvm() : jvm(pid, status, library.get());
        } catch (ProcFormatException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.exists(root.resolve(Integer.toString(pid)).resolve("status"))) {
                return new Inspection.NotJvm();
            }
            // A process that is being torn down answers ESRCH although its directory is still there.
            if (e.getMessage() != null && e.getMessage().contains("No such process")) {
                return new Inspection.NotJvm();
            }
            throw e;
        }
    }

    /** Whether the process is still the one it was, with the same rights and in the same container. */
    public boolean isUnchanged(JvmProcess process) throws IOException {
        try {
            ProcStatus status = ProcStatus.parse(text(process.pid(), "status", SMALL));
            return !status.isDead()
                    && status.nsPid() == process.nsPid()
                    && status.euid() == process.euid()
                    && status.egid() == process.egid()
                    && ProcStat.parse(text(process.pid(), "stat", SMALL)).startTime() == process.startTime()
                    && ContainerId.of(text(process.pid(), "cgroup", SMALL)).equals(process.containerId());
        } catch (ProcFormatException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /** When a process started; empty if it is gone. */
    public OptionalLong startTime(int pid) throws IOException {
        try {
            return OptionalLong.of(ProcStat.parse(text(pid, "stat", SMALL)).startTime());
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** The first 8 digits of the kernel's boot id, which tells start times of different boots apart. */
    public String bootId() throws IOException {
        String id = Files.readString(root.resolve("sys/kernel/random/boot_id")).strip();
        if (!id.matches("[0-9a-f]{8}-[0-9a-f-]{27}")) {
            throw new ProcFormatException("boot_id is not a UUID");
        }
        return id.substring(0, 8);
    }

    /** Whether SIGQUIT has a handler in the process now: without one the signal kills. */
    public boolean handlesSigquit(int pid) throws IOException {
        return ProcStatus.parse(text(pid, "status", SMALL)).catches(SIGQUIT);
    }

    /** The path of the process's root directory: a magic link that leads into its mount name space. */
    public String rootOf(int pid) {
        return root.resolve(Integer.toString(pid)).resolve("root").toString();
    }

    private Inspection jvm(int pid, ProcStatus status, String library) throws IOException {
        long startTime = ProcStat.parse(text(pid, "stat", SMALL)).startTime();
        Optional<String> container = ContainerId.of(text(pid, "cgroup", SMALL));
        Map<String, String> environment = environment(bytes(pid, "environ", ARGUMENTS));
        Optional<String> image = Optional.ofNullable(environment.get(JvmProcess.IMAGE_VARIABLE))
                .filter(value -> value.length() <= MAX_IMAGE);
        if (!library.equals("libjvm.so")) {
            String message = "process " + pid + " runs " + library + " (OpenJ9), not HotSpot's libjvm.so";
            return new Inspection.Refused(pid, startTime, container, image, Refusal.NOT_HOTSPOT, message);
        }
        JvmOptions options = JvmOptions.of(strings(bytes(pid, "cmdline", ARGUMENTS)), environment);
        if (options.attachDisabled()) {
            String message = "JVM " + pid + " was started with -XX:+DisableAttachMechanism";
            return new Inspection.Refused(pid, startTime, container, image, Refusal.ATTACH_DISABLED, message);
        }
        return new Inspection.Attachable(new JvmProcess(
                pid,
                startTime,
                status.nsPid(),
                status.euid(),
                status.egid(),
                container,
                status.catches(SIGQUIT),
                options.unseenFiles(),
                image));
    }

    /** The file name of the virtual machine's library that is mapped executable, if any. */
    static Optional<String> virtualMachine(byte[] maps) throws IOException {
        try (var lines = new java.io.BufferedReader(
                new java.io.InputStreamReader(new ByteArrayInputStream(maps), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int slash = line.lastIndexOf('/');
                int permissions = line.indexOf(' ');
                if (slash < 0 || permissions < 0 || !line.startsWith("x", permissions + 3)) {
                    continue;
                }
                String name = line.substring(slash + 1);
                // An image that was updated in place: the library is still mapped, and its name is marked.
                String plain = name.endsWith(" (deleted)") ? name.substring(0, name.length() - 10) : name;
                if (plain.equals("libjvm.so")) {
                    return Optional.of(plain);
                }
                if (plain.startsWith("libj9vm") && plain.endsWith(".so")) {
                    return Optional.of(plain.length() <= 40 ? plain : "libj9vm….so");
                }
            }
        }
        return Optional.empty();
    }

    static Map<String, String> environment(byte[] environ) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String entry : strings(environ)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                variables.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }

    /** The strings that NUL bytes end. */
    static List<String> strings(byte[] bytes) {
        List<String> result = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                result.add(new String(bytes, from, i - from, StandardCharsets.UTF_8));
                from = i + 1;
            }
        }
        if (from < bytes.length) {
            result.add(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        }
        return result;
    }

    private String text(int pid, String file, int limit) throws IOException {
        return new String(bytes(pid, file, limit), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int pid, String file, int limit) throws IOException {
        Path path = root.resolve(Integer.toString(pid)).resolve(file);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new ProcFormatException(path + ": more than " + limit + " bytes");
            }
            return bytes;
        }
    }
}
