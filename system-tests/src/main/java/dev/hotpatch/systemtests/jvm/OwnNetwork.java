package dev.hotpatch.systemtests.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network for one process that nobody else is in: a network namespace of Linux in which only loopback is up. Programs that listen on fixed ports can run
 * side by side so, and what listens on all addresses is reached by nobody.
 */
public final class OwnNetwork {
    /** The process stays the same one, and so does its id. */
    private static final List<String> ENTER =
            List.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\"");

    private static final int PATIENCE_SECONDS = 10;

    private OwnNetwork() {}

    /**
     * The run-time, each of whose processes gets a network of its own.
     *
     * @return empty if this machine does not give any, for which we must be root and have iproute2
     */
    public static Optional<Jdk> of(Jdk jdk) throws InterruptedException {
        return works() ? Optional.of(new Jdk(jdk.feature(), jdk.home(), entered(jdk.launcher()))) : Optional.empty();
    }

    private static List<String> entered(List<String> command) {
        List<String> words = new ArrayList<>(ENTER);
        words.addAll(command);
        return words;
    }

    private static boolean works() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(entered(List.of("true")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
