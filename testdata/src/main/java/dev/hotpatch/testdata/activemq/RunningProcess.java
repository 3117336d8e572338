package dev.hotpatch.testdata.activemq;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours whose lines of output (standard error among them) can be waited for. Whoever starts it closes it, which ends the process. Safe for
 * several threads.
 */
public final class RunningProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter input;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private RunningProcess(Process process) {
        this.process = process;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a command; {@code environment} is added to ours. */
    public static RunningProcess start(List<String> command, Map<String, String> environment) throws IOException {
        return start(command, environment, Path.of(""));
    }

    /** Starts a command in a folder; {@code environment} is added to ours. */
    public static RunningProcess start(List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        RunningProcess running = new RunningProcess(builder.start());
        Thread reader = new Thread(running::read, "output of " + running.process.pid());
        reader.setDaemon(true);
        reader.start();
        return running;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException closed) {
            // The process was ended while it wrote; what came before is kept.
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How many lines there are by now; with {@link #await} it serves to wait for a line that is yet to come. */
    public synchronized int lineCount() {
        return lines.size();
    }

    /** All output so far. */
    public synchronized List<String> output() {
        return List.copyOf(lines);
    }

    /**
     * Waits for a line that contains a text.
     *
     * @param from the number of the first line that counts
     * @throws IOException if the process ends, or the time is over, before there is one; with the last lines of output
     */
    public synchronized String await(String text, int from, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (int next = from; ; ) {
            for (; next < lines.size(); next++) {
                if (lines.get(next).contains(text)) {
                    return lines.get(next);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new IOException("process " + process.pid() + (ended ? " ended" : " ran for " + patience)
                        + " without a line with \"" + text + "\"; its last lines:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
            }
            wait(left);
        }
    }

    /** Writes a line to the standard input of the process. */
    public void tell(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** Waits for the end of the process and gives its exit code. */
    public int exitCode(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("process " + process.pid() + " still runs after " + patience);
        }
        synchronized (this) {
            while (!ended) {
                wait(1_000);
            }
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the process, politely first; nothing happens if it has ended. */
    public void end() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
