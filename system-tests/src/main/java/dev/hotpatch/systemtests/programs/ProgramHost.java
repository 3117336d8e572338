package dev.hotpatch.systemtests.programs;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.SourceCompiler.BadSourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM in which pairs run one after the other, with the hook put in by late attach. For one thread; closing it ends the JVM. */
final class ProgramHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLOSED = "closed";

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ProgramHost(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::read, "program-host-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a JVM and loads the hook.
     *
     * @param jdk of version 8 or later
     * @param hook the hook's jar
     * @param space a folder for the host program and for what the JVM prints to standard error
     */
    static ProgramHost start(Jdk jdk, Path hook, Path space) throws IOException {
        Path classes = hostClasses(space);
        List<String> command = new ArrayList<>(List.of("-Xmx384m", "-Xss512k"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("-XX:ErrorFile=" + space.resolve("hs_err_%p.log")));
        command.addAll(List.of("-cp", classes.toString(), "ProgramHost"));
        Path errors = Files.createTempFile(space, "host", ".err");
        ProgramHost host = new ProgramHost(
                new ProcessBuilder(jdk.command(command))
                        .redirectError(errors.toFile())
                        .start(),
                errors);
        try {
            host.expect("ready");
            host.attach(hook);
            return host;
        } catch (IOException e) {
            host.close();
            throw e;
        }
    }

    private static Path hostClasses(Path space) throws IOException {
        Path classes = space.resolve("host");
        if (!Files.exists(classes.resolve("ProgramHost.class"))) {
            Files.createDirectories(classes);
            try (InputStream text = ProgramHost.class.getResourceAsStream("ProgramHost.txt");
                    SourceCompiler compiler = new SourceCompiler()) {
                if (text == null) {
                    throw new IOException("ProgramHost.txt is not among the resources");
                }
                String source = new String(text.readAllBytes(), StandardCharsets.UTF_8);
                Map<String, byte[]> compiled = compiler.compile(Map.of("ProgramHost.java", source), 8);
                for (Map.Entry<String, byte[]> entry : compiled.entrySet()) {
                    Files.write(classes.resolve(entry.getKey() + ".class"), entry.getValue());
                }
            } catch (BadSourceException e) {
                throw new IOException(e);
            }
        }
        return classes;
    }

    private void attach(Path hook) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                machine.loadAgent(hook.toAbsolutePath().toString(), "v=1;id=first;cmd=status");
            } catch (AgentLoadException e) {
                // What a JVM 8 answers when all is well, which this client does not understand.
                if (!String.valueOf(e.getMessage()).matches("(.*: )?0")) {
                    throw new IOException("the hook " + hook + " could not be loaded: " + errors(), e);
                }
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentInitializationException e) {
            throw new IOException("the hook " + hook + " could not be loaded: " + errors(), e);
        }
    }

    /**
     * Runs a pair: the old program, with the patch, without it again, and the new program.
     *
     * @param form how far the second loader has gone when the patch comes: 0 nothing loaded, 1 some classes, 2 all, none initialised; 3 is
     *     all of these, each in a loader of its own
     * @param forget whether the next pair may have the same class names
     * @return traces and states by name
     * @throws IOException if the JVM does not answer any more; this object is of no use then
     */
    Map<String, String> run(PreparedPair pair, int form, boolean forget) throws IOException {
        String line = String.join(
                "\t",
                pair.before().toString(),
                pair.after().toString(),
                pair.liveUnit().map(Path::toString).orElse("-"),
                pair.sha256(),
                pair.pair().main(),
                Integer.toString(form),
                forget ? "forget" : "keep");
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        Map<String, String> answer = new TreeMap<>();
        for (String field : expect("answer").split("\t", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                byte[] text = Base64.getDecoder().decode(field.substring(equals + 1));
                answer.put(field.substring(0, equals), new String(text, StandardCharsets.UTF_8));
            }
        }
        return answer;
    }

    /** The next line with this first word; others, which programs may have printed, are left out. */
    private String expect(String word) throws IOException {
        try {
            String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            while (line != null && !line.startsWith(word) && !line.equals(CLOSED)) {
                line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            if (line == null || line.equals(CLOSED)) {
                throw new IOException((line == null ? "no answer in " + PATIENCE : "the JVM ended") + ": " + errors());
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String errors() throws IOException {
        String text = Files.readString(errors);
        return text.length() > 4000 ? text.substring(0, 4000) : text;
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Said by the line that follows.
        }
        lines.add(CLOSED);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
