package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.Finding.Kind;
import dev.hotpatch.systemtests.programs.SourceCompiler.BadSourceException;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import dev.hotpatch.testdata.corpus.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts pairs on trial in one JVM, which is started anew if it dies. For one thread. */
final class Trial implements AutoCloseable {
    private static final int ALL_FORMS = 3;

    private final Jdk jdk;
    private final Path hook;
    private final Path space;
    private final PairWorkshop workshop;
    private @Nullable ProgramHost host;

    private Trial(Jdk jdk, Path hook, Path space, PairWorkshop workshop) {
        this.jdk = jdk;
        this.hook = hook;
        this.space = space;
        this.workshop = workshop;
    }

    /**
     * Makes one.
     *
     * @param jdk in which programs run
     * @param hook the hook's jar
     */
    static Trial open(Jdk jdk, Path hook) throws IOException {
        return new Trial(jdk, hook, Files.createTempDirectory("hotpatch-trial"), PairWorkshop.open());
    }

    PairWorkshop workshop() {
        return workshop;
    }

    /** Compiles, patches, runs in all forms of late loading, and judges. The next pair may have classes of the same names. */
    Finding of(ProgramPair pair) throws IOException {
        PreparedPair prepared;
        try {
            prepared = workshop.prepare(pair);
        } catch (BadSourceException e) {
            return Finding.of(Kind.UNUSABLE, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            return Finding.of(Kind.CRASHED, "the compiler: " + stack(e));
        }
        try {
            return of(prepared, ALL_FORMS, true);
        } finally {
            workshop.discard(prepared);
        }
    }

    /** Runs and judges what was prepared; the parameters are those of {@link ProgramHost#run}. */
    Finding of(PreparedPair prepared, int form, boolean forget) throws IOException {
        ProgramHost running = host;
        if (running == null) {
            running = ProgramHost.start(jdk, hook, space);
            host = running;
        }
        try {
            return Judge.judge(prepared, running.run(prepared, form, forget));
        } catch (IOException e) {
            running.close();
            host = null;
            return Finding.of(Kind.CRASHED, "the JVM: " + e.getMessage());
        }
    }

    static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().lines().limit(25).reduce("", (all, line) -> all + line + "\n");
    }

    @Override
    public void close() throws IOException {
        if (host != null) {
            host.close();
        }
        workshop.close();
        Folders.delete(space);
    }
}
