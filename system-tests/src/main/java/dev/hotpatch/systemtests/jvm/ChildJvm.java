package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.systemtests.jvm.child.Answer;
import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JVM of its own that answers line by line: to each line of its standard input it prints one line that begins with {@link Answer#PREFIX}. Other output is
 * kept and is no answer. For one thread; whoever starts it closes it, which ends the process.
 */
public final class ChildJvm implements AutoCloseable {
    private final RunningProcess process;
    private final Path folder;

    private ChildJvm(RunningProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts a program.
     *
     * @param folder where it runs, and for files that the JVM needs while it runs; whoever made it deletes it after {@link #close}
     * @param options of the JVM
     * @param program the main class and its arguments
     */
    public static ChildJvm start(Jdk jdk, Path folder, List<String> options, List<Path> classPath, List<String> program)
            throws IOException {
        List<String> words = new ArrayList<>(options);
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.addAll(program);
        return new ChildJvm(RunningProcess.start(jdk.command(words), Map.of(), folder), folder);
    }

    /** Sends a line and waits for the answer to it, which comes without its beginning. */
    public String ask(String line, Duration patience) throws IOException, InterruptedException {
        int from = process.lineCount();
        process.tell(line);
        String answer = process.await(Answer.PREFIX, from, patience);
        return answer.substring(answer.indexOf(Answer.PREFIX) + Answer.PREFIX.length());
    }

    /** The process, for programs that speak otherwise. */
    public RunningProcess process() {
        return process;
    }

    /** Where the programs of our own that run in children come from, for their class path: beside our own classes. */
    public static Path programs() throws IOException {
        try {
            return Path.of(ChildJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the place of our own classes is no path", e);
        }
    }

    /** Attaches to it; the caller closes what is returned. */
    public AttachedHook hook() throws IOException {
        return AttachedHook.attach(process.pid(), folder);
    }

    @Override
    public void close() {
        process.end();
    }
}
