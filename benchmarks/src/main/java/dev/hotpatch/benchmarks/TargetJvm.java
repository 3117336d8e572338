package dev.hotpatch.benchmarks;

import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fresh JVM that runs the busy program. Closing it ends it. */
final class TargetJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RunningProcess process;

    private TargetJvm(RunningProcess process) {
        this.process = process;
    }

    static TargetJvm start(Path javaHome, List<String> options, String classPath, List<String> load)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(javaHome + "/bin/java", "-Xmx256m", "-Xshare:auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, BusyProgram.class.getName()));
        command.addAll(load);
        RunningProcess process = RunningProcess.start(command, Map.of());
        try {
            process.await("ready", 0, PATIENCE);
        } catch (IOException e) {
            process.end();
            throw e;
        }
        return new TargetJvm(process);
    }

    JvmProcess inspected(ProcFs proc) throws IOException {
        Inspection found = proc.inspect(Math.toIntExact(process.pid()));
        if (found instanceof Inspection.Attachable attachable) {
            return attachable.process();
        }
        throw new IOException("process " + process.pid() + " cannot be attached to: " + found);
    }

    /** Begins to look for the longest pause. */
    void mark() throws IOException, InterruptedException {
        ask("mark", "marked");
    }

    /** The longest pause of the busy thread since {@link #mark}, in microseconds. */
    long longestPause() throws IOException, InterruptedException {
        return Long.parseLong(ask("gap", "gap ").substring(4));
    }

    private String ask(String question, String answer) throws IOException, InterruptedException {
        int from = process.lineCount();
        process.tell(question);
        return process.await(answer, from, PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
