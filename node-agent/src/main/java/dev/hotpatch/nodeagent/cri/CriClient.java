package dev.hotpatch.nodeagent.cri;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A client of CRI v1 over a runtime's unix socket (containerd, CRI-O). Only reads, except {@link #pull}, and for
 * a moment {@link #unpacked}. For any number of threads; whoever made it
 * closes it. Every call throws {@link CriException} when the runtime does not answer in time or not as specified.
 */
public final class CriClient implements ContainerRuntime, NodeImages, AutoCloseable {
    private static final int MAX_PID = 1 << 22;
    private static final String RUNTIME = "runtime.v1.RuntimeService/";
    private static final String IMAGES = "runtime.v1.ImageService/";

    private final GrpcSocket socket;
    private final Duration patience;

    /**
     * Connects at the first call.
     *
     * @param patience how long one call may take, at least a millisecond
     */
    public CriClient(Path socket, Duration patience) {
        this.socket = new GrpcSocket(socket);
        this.patience = patience;
    }

    /** Name and version of the runtime, for people. */
    public String version() throws CriException {
        CriMessages.Version version = call(RUNTIME + "Version", CriMessages::versionRequest, CriMessages::version);
        return version.runtimeName() + " " + version.runtimeVersion();
    }

    @Override
    public List<CriContainer> running() throws CriException {
        return call(RUNTIME + "ListContainers", CriMessages::listRunningRequest, CriMessages::containers);
    }

    /** The number of a container's first process in the host's name space; empty if the runtime does not say. */
    public OptionalInt pid(String containerId) throws CriException {
        return call(
                RUNTIME + "ContainerStatus",
                () -> CriMessages.containerStatusRequest(containerId),
                reply -> pidIn(CriMessages.containerInfo(reply)));
    }

    @Override
    public List<String> repoDigests(String image) throws CriException {
        return call(IMAGES + "ImageStatus", () -> CriMessages.imageStatusRequest(image), CriMessages::repoDigests);
    }

    @Override
    public List<String> repoDigests() throws CriException {
        return call(IMAGES + "ListImages", () -> new byte[0], CriMessages::allRepoDigests);
    }

    @Override
    public String pull(String image, Duration longest) throws CriException {
        return socket.call(
                IMAGES + "PullImage", () -> CriMessages.pullImageRequest(image), CriMessages::pulledImage, longest);
    }

    @Override
    public Optional<Path> unpacked(Digest chainId) throws CriException {
        return new ContainerdSnapshots(socket, patience).folder(chainId);
    }

    @Override
    public void close() {
        socket.close();
    }

    private static OptionalInt pidIn(String info) throws IOException {
        if (info.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonObject json = JsonObject.parse(info.getBytes(StandardCharsets.UTF_8), "container info");
        return json.has("pid") ? OptionalInt.of((int) json.number("pid", 0, MAX_PID)) : OptionalInt.empty();
    }

    private <T> T call(String method, GrpcSocket.Request request, GrpcSocket.Reply<T> reply) throws CriException {
        return socket.call(method, request, reply, patience);
    }
}
