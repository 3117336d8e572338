package dev.hotpatch.systemtests.environment;

import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Folders;
import dev.hotpatch.testdata.image.JibImage;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A containerd of our own, with everything it keeps in one temporary folder, driven through the container runtime interface.
 * Closing it stops all pods, ends the runtime, and fails if anything stays mounted or running.
 */
public final class ContainerdFixture implements AutoCloseable {
    private static final String PAUSE = "hotpatch.test/pause:1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PID = Pattern.compile("\"pid\":(\\d+)");

    private final Path folder;
    private final RunningProcess containerd;
    private final CriClient cri;
    private final Map<String, RunningPod> pods = new LinkedHashMap<>();

    private ContainerdFixture(Path folder, RunningProcess containerd) {
        this.folder = folder;
        this.containerd = containerd;
        this.cri = new CriClient(folder.resolve("c.sock"));
    }

    /** Starts the runtime; needs root, and the packages that {@code prepare} installs. */
    public static ContainerdFixture start() throws IOException, InterruptedException {
        return start(false);
    }

    /** As {@link #start}, and of what it has unpacked it keeps no layers. */
    public static ContainerdFixture startDiscarding() throws IOException, InterruptedException {
        return start(true);
    }

    private static ContainerdFixture start(boolean discarding) throws IOException, InterruptedException {
        Requirement.rootWith("containerd", "runc", "ctr");
        // A short path: the name of a Unix socket has at most 107 characters.
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "hp-ctd");
        Path config = Files.writeString(folder.resolve("config.toml"), config(folder, discarding));
        RunningProcess process = RunningProcess.start(List.of("containerd", "-c", config.toString()), Map.of());
        ContainerdFixture fixture = new ContainerdFixture(folder, process);
        try {
            process.await("containerd successfully booted", 0, PATIENCE);
            fixture.importPauseImage();
            return fixture;
        } catch (IOException e) {
            fixture.close();
            throw e;
        }
    }

    private static String config(Path folder, boolean discarding) throws IOException {
        Files.createDirectories(folder.resolve("certs.d"));
        Files.createDirectories(folder.resolve("logs"));
        return """
                version = 2
                root = "@/root"
                state = "@/state"
                disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
                  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper"]
                [grpc]
                  address = "@/c.sock"
                [ttrpc]
                  address = "@/t.sock"
                [plugins."io.containerd.internal.v1.opt"]
                  path = "@/opt"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%s"
                  # Without the right to lower it, on a machine that withholds CAP_SYS_RESOURCE, containers would not start.
                  restrict_oom_score_adj = true
                  disable_tcp_service = true
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    discard_unpacked_layers = %s
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "@/cni/bin"
                    conf_dir = "@/cni/conf"
                  [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = "@/certs.d"
                """.formatted(PAUSE, discarding).replace("@", folder.toString());
    }

    private void importPauseImage() throws IOException, InterruptedException {
        Path archive = folder.resolve("pause.tar");
        JibImage.ofPause(folder, CacheFolder.fromEnvironment(System.getenv())).writeDockerArchive(archive, PAUSE);
        ctr("--namespace", "k8s.io", "images", "import", archive.toString());
    }

    /** Runs containerd's own command-line client on this runtime and gives what it printed. */
    public String ctr(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ctr", "--address", socket().toString()));
        command.addAll(List.of(arguments));
        try (RunningProcess process = RunningProcess.start(command, Map.of())) {
            int code = process.exitCode(PATIENCE);
            String output = String.join("\n", process.output());
            if (code != 0) {
                throw new IOException(command + " ended with exit code " + code + ":\n" + output);
            }
            return output;
        }
    }

    /** The socket of the runtime, for the node-agent. */
    public Path socket() {
        return folder.resolve("c.sock");
    }

    /** Where the runtime keeps content. */
    public Path root() {
        return folder.resolve("root");
    }

    /** Where the runtime looks how each registry is reached. */
    public Path certificates() {
        return folder.resolve("certs.d");
    }

    /** Lets the runtime pull from a registry that speaks plain HTTP. */
    public void allowPlainHttp(String host) throws IOException {
        Path hosts = Files.createDirectories(folder.resolve("certs.d").resolve(host));
        Files.writeString(hosts.resolve("hosts.toml"), "server = \"http://" + host + "\"\n");
    }

    /** Pulls an image and gives the runtime's reference of it: the digest of its configuration. */
    public String pull(String image) throws IOException {
        return CriClient.text(cri.image("PullImage", new Proto().message(1, new Proto().text(1, image))), 1);
    }

    /** Makes a pod and starts its container. */
    public RunningPod run(PodRequest request) throws IOException {
        String podId = CriClient.text(cri.runtime("RunPodSandbox", new Proto().message(1, sandbox(request))), 1);
        pods.put(podId, new RunningPod(request, podId, "", 0, folder, 0));
        return startContainer(request, podId, 0);
    }

    /** Removes the container of a pod, if it has not ended by itself with its last process, and starts a new one, as a kubelet does. */
    public RunningPod restart(RunningPod pod) throws IOException {
        cri.runtime("StopContainer", new Proto().text(1, pod.containerId()).number(2, 5));
        cri.runtime("RemoveContainer", new Proto().text(1, pod.containerId()));
        return startContainer(pod.request(), pod.podId(), pod.attempt() + 1);
    }

    private RunningPod startContainer(PodRequest request, String podId, int attempt) throws IOException {
        byte[] created = cri.runtime(
                "CreateContainer",
                new Proto()
                        .text(1, podId)
                        .message(2, request.container(attempt))
                        .message(3, sandbox(request)));
        String containerId = CriClient.text(created, 1);
        cri.runtime("StartContainer", new Proto().text(1, containerId));
        Path log = logs().resolve(request.logName(attempt));
        RunningPod pod = new RunningPod(request, podId, containerId, pid(containerId), log, attempt);
        pods.put(podId, pod);
        return pod;
    }

    private Proto sandbox(PodRequest request) throws IOException {
        return request.sandbox(logs().toString(), cgroup());
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    private String cgroup() {
        return "/" + folder.getFileName();
    }

    private long pid(String containerId) throws IOException {
        byte[] status =
                cri.runtime("ContainerStatus", new Proto().text(1, containerId).number(2, 1));
        for (byte[] entry : Proto.values(status, 2)) {
            Matcher pid = PID.matcher(CriClient.text(entry, 2));
            if (CriClient.text(entry, 1).equals("info") && pid.find()) {
                return Long.parseLong(pid.group(1));
            }
        }
        throw new IOException("the runtime does not tell the process id of container " + containerId);
    }

    /** Stops and removes a pod with its container. */
    public void remove(RunningPod pod) throws IOException {
        Proto id = new Proto().text(1, pod.podId());
        if (!pod.containerId().isEmpty()) {
            cri.runtime("StopContainer", new Proto().text(1, pod.containerId()).number(2, 5));
        }
        cri.runtime("StopPodSandbox", id);
        cri.runtime("RemovePodSandbox", id);
        pods.remove(pod.podId());
    }

    @Override
    public void close() throws IOException {
        List<String> troubles = new ArrayList<>();
        for (RunningPod pod : List.copyOf(pods.values())) {
            try {
                remove(pod);
            } catch (IOException | StatusRuntimeException e) {
                troubles.add("pod " + pod.request().name() + " cannot be removed: " + e.getMessage());
            }
        }
        cri.close();
        containerd.end();
        try {
            awaitNothingLeft();
        } catch (IOException e) {
            troubles.add(e.getMessage());
            clearByForce();
        } catch (InterruptedException e) {
            clearByForce();
            Thread.currentThread().interrupt();
        }
        Cgroups.remove(cgroup());
        Folders.delete(folder);
        if (!troubles.isEmpty()) {
            throw new IOException("the container runtime did not end cleanly:\n" + String.join("\n", troubles)
                    + "\nits last lines:\n" + String.join("\n", lastLines()));
        }
    }

    private List<String> lastLines() {
        List<String> lines = containerd.output();
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }

    private void awaitNothingLeft() throws IOException, InterruptedException {
        Leftovers leftovers = new Leftovers(folder);
        try {
            Await.until(
                    "nothing left of " + folder,
                    Duration.ofSeconds(10),
                    () -> leftovers.describe().isEmpty() ? Optional.of(true) : Optional.empty());
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "; found:\n" + leftovers.describe().orElse("(just gone)"), e);
        }
    }

    private void clearByForce() throws IOException {
        Leftovers leftovers = new Leftovers(folder);
        leftovers.processes().forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        for (String point : leftovers.mounts()) {
            try (RunningProcess umount = RunningProcess.start(List.of("umount", "--lazy", point), Map.of())) {
                umount.exitCode(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
