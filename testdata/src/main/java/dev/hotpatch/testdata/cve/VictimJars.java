package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.cve.programs.Souvenir;
import dev.hotpatch.testdata.program.ProgramJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files that a victim consists of, fetched, and the way to start it. */
public final class VictimJars {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VictimProgram program;
    private final Path vulnerable;
    private final Path fixed;
    private final List<Path> others;

    private VictimJars(VictimProgram program, Path vulnerable, Path fixed, List<Path> others) {
        this.program = program;
        this.vulnerable = vulnerable;
        this.fixed = fixed;
        this.others = others;
    }

    /**
     * Fetches the jars, or finds them in the cache.
     *
     * @param scratch where the jar with our programs is written
     */
    public static VictimJars fetch(VictimProgram program, MavenArtifacts artifacts, Path scratch)
            throws IOException, InterruptedException {
        List<Path> others = new ArrayList<>();
        others.add(ProgramJar.writeTo(scratch.resolve("programs.jar"), Souvenir.class.getPackageName()));
        for (MavenArtifact other : program.others()) {
            others.add(artifacts.fetch(other));
        }
        return new VictimJars(
                program, artifacts.fetch(program.vulnerable()), artifacts.fetch(program.fixed()), List.copyOf(others));
    }

    /** The release that is open to the attack. */
    public Path vulnerable() {
        return vulnerable;
    }

    /** The release that is not. */
    public Path fixed() {
        return fixed;
    }

    /** What either release needs beside it, with our programs. */
    public List<Path> others() {
        return others;
    }

    /**
     * Starts the victim with one release of its library, as a plain JVM of this machine, and waits until it serves.
     *
     * @param java the first words of the command
     */
    public RunningVictim start(List<String> java, Path library) throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>(List.of(library.toString()));
        others.forEach(jar -> classPath.add(jar.toString()));
        List<String> command = new ArrayList<>(java);
        command.add("-Xmx128m");
        command.addAll(program.options());
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, classPath),
                Souvenir.class.getPackageName() + "." + program.main()));
        return RunningVictim.awaitReady(RunningProcess.start(command, Map.of()), PATIENCE);
    }
}
