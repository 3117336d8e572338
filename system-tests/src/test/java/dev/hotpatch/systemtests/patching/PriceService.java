package dev.hotpatch.systemtests.patching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.systemtests.environment.Await;
import dev.hotpatch.systemtests.environment.RunningPod;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.image.BuiltImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A JVM that prints prices, here or in a pod. */
record PriceService(long pid, Callable<List<String>> output) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Runs a jar as a process of this machine that says which image it is of. */
    static RunningProcess start(Path jar, BuiltImage image, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(ActiveMq.ownJava().toString(), "-Xmx32m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", jar.toString(), PriceJar.MAIN));
        return RunningProcess.start(command, Map.of("HOTPATCH_IMAGE", image.byDigest()));
    }

    static PriceService of(RunningProcess process) {
        return new PriceService(process.pid(), process::output);
    }

    static PriceService of(RunningPod pod) {
        return new PriceService(pod.pid(), () -> Files.exists(pod.log()) ? Files.readAllLines(pod.log()) : List.of());
    }

    /** It prints this price from now on, and printed no other one so far if {@code always}. */
    void expect(int price, boolean always) throws Exception {
        String wanted = "price " + price;
        int before = prices().size();
        List<String> prices = Await.until(wanted + " of process " + pid, PATIENCE, () -> {
            List<String> now = prices();
            return now.size() > before + 2 ? Optional.of(now) : Optional.empty();
        });
        List<String> judged = always ? prices : prices.subList(before + 1, prices.size());
        assertEquals(List.of(wanted), judged.stream().distinct().toList());
    }

    private List<String> prices() throws Exception {
        return output.call().stream()
                .filter(line -> line.contains("price "))
                .map(line -> line.substring(line.indexOf("price ")))
                .toList();
    }
}
