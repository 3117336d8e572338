package dev.hotpatch.systemtests.coexistence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.systemtests.environment.Await;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The OpenTelemetry Java agent puts advice into the methods of Apache's HTTP client when its classes load, and fields, methods and interfaces
 * into its tasks. A patch of the same classes, before or after they load, keeps both, and so does its roll-back.
 */
final class OpenTelemetryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SPAN = "CLIENT [tracer: io.opentelemetry.apache-httpclient";
    private static final String PACKAGE = "org/apache/http/impl/client/";
    private static final List<String> PATCHED =
            List.of("CloseableHttpClient", "HttpRequestFutureTask", "HttpRequestTaskCallable");

    @TempDir
    private Path scratch;

    private int requests;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void patchesAndSpansGoTogether(boolean loadedBefore) throws Exception {
        MavenArtifacts central = MavenArtifacts.fromEnvironment(System.getenv());
        Path otel = central.fetch(MavenArtifact.jar("io.opentelemetry.javaagent", "opentelemetry-javaagent", "2.20.1"));
        Path library = central.fetch(MavenArtifact.jar("org.apache.httpcomponents", "httpclient", "4.5.13"));
        String classPath = String.join(
                ":",
                scratch.toString(),
                library.toString(),
                central.fetch(MavenArtifact.jar("org.apache.httpcomponents", "httpcore", "4.4.13"))
                        .toString(),
                central.fetch(MavenArtifact.jar("commons-logging", "commons-logging", "1.2"))
                        .toString());
        compile(classPath);
        Path zip = liveUnit(library);
        String apply = "cmd=apply;zip=" + zip + ";sha256="
                + Digest.of(Files.readAllBytes(zip)).hex();

        List<String> command = List.of(
                ActiveMq.ownJava().toString(),
                "-javaagent:" + otel,
                "-Dotel.traces.exporter=logging",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.bsp.schedule.delay=50",
                "-cp",
                classPath,
                "Caller");
        try (RunningProcess caller = RunningProcess.start(command, Map.of())) {
            caller.await("ready", 0, PATIENCE);
            if (loadedBefore) {
                request(caller, "old", "patched=null");
            }
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(caller.pid()));
            try {
                hook(jvm, apply);
                request(caller, "patched", "patched=yes");
                hook(jvm, "cmd=rollback");
                request(caller, "back", "patched=null");
                hook(jvm, apply);
                request(caller, "again", "patched=yes");
            } finally {
                jvm.detach();
            }
        }
    }

    /** The library's task works, is still reshaped, and the agent reports a span of it. */
    private static void request(RunningProcess caller, String word, String patched) throws Exception {
        int from = caller.lineCount();
        caller.tell(word);
        String answer = caller.await(word + ": 204", from, PATIENCE);
        assertTrue(answer.contains("reshaped=true"), answer);
        assertTrue(answer.contains(patched), answer);
        caller.await("/" + word, from, PATIENCE);
        caller.await(SPAN, from, PATIENCE);
    }

    private void hook(VirtualMachine jvm, String arguments) throws Exception {
        String id = "r" + requests++;
        Path hook = scratch.resolve("hook.jar");
        try (InputStream in = HookJar.class.getResourceAsStream("hotpatch-jvm-agent.jar")) {
            if (!Files.exists(hook) && in != null) {
                Files.copy(in, hook);
            }
        }
        jvm.loadAgent(hook.toString(), "v=1;id=" + id + ";" + arguments);
        String state = Await.until(
                "the hook's answer",
                PATIENCE,
                () -> Optional.ofNullable(jvm.getSystemProperties().getProperty("dev.hotpatch.state"))
                        .filter(text -> text.contains(";request=" + id + ";") && !text.contains(";phase=running;")));
        assertTrue(state.contains(";code=ok;"), state);
    }

    private void compile(String classPath) throws Exception {
        Path source = scratch.resolve("Caller.java");
        try (InputStream text = OpenTelemetryIT.class.getResourceAsStream("/coexistence/Caller.txt")) {
            Files.write(source, text.readAllBytes());
        }
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", scratch.toString(), source.toString());
        assertTrue(result == 0, "the application does not compile");
    }

    /** Every method of the classes first says that it is patched. */
    private Path liveUnit(Path library) throws Exception {
        Map<Digest, byte[]> files = new HashMap<>();
        List<LiveIndex.Redefine> lines = new ArrayList<>();
        try (ZipFile jar = new ZipFile(library.toFile())) {
            for (String name : PATCHED) {
                byte[] before = jar.getInputStream(jar.getEntry(PACKAGE + name + ".class"))
                        .readAllBytes();
                byte[] after = SayingPatched.in(before);
                files.put(Digest.of(after), after);
                lines.add(new LiveIndex.Redefine(PACKAGE + name, Digest.of(before), Digest.of(after), List.of(0)));
            }
        }
        Path zip = scratch.resolve("live.zip");
        LiveIndex index = new LiveIndex(List.of("/app/httpclient.jar"), lines, List.of(), List.of());
        try (OutputStream out = Files.newOutputStream(zip)) {
            LiveUnitWriter.write(index, digest -> files.getOrDefault(digest, new byte[0]), out);
        }
        return zip;
    }
}
