package dev.hotpatch.systemtests.deflate;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.systemtests.golang.GoProgram;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small program with Go's compress/flate or klauspost's pgzip, built by the Go and from the libraries of this machine. */
final class GoJudge implements Judge {
    private final Path in;
    private final Path out;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    private final String name;

    private GoJudge(Path scratch, Process process) throws IOException {
        this.in = scratch.resolve("content");
        this.out = scratch.resolve("stream");
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.name = answer();
    }

    /**
     * Builds and starts a program.
     *
     * @param program {@code flate} or {@code pgzip}
     * @param scratch an empty folder without blanks in its name, removed by the caller
     */
    static GoJudge start(String program, Path scratch) throws IOException, InterruptedException {
        Path binary = GoProgram.build(GoJudge.class, program, scratch);
        return new GoJudge(
                scratch,
                new ProcessBuilder(binary.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream deflate(byte[] content, DeflateParameters parameters) throws IOException {
        Files.write(in, content);
        questions.write(parameters.level() + " " + in + " " + out + "\n");
        questions.flush();
        long nanos = Long.parseLong(answer());
        return new Stream(Files.readAllBytes(out), nanos);
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the Go program ended without an answer; see above");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        questions.close();
        answers.close();
        process.destroy();
    }
}
