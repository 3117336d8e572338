package dev.hotpatch.nodeagent.cri;

import dev.hotpatch.patchformat.json.JsonObject;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A client of CRI v1 over a runtime's unix socket (containerd, CRI-O). Only reads, except {@link #pull}. For any number of threads; whoever made it
 * closes it. Every call throws {@link CriException} when the runtime does not answer in time or not as specified.
 */
public final class CriClient implements ContainerRuntime, NodeImages, AutoCloseable {
    private static final int MAX_REPLY = 32 << 20;
    private static final int MAX_PID = 1 << 22;
    /** Netty warns at every connection that a unix socket has no SO_KEEPALIVE, which grpc sets on all; kept here so that it lasts. */
    private static final Logger BOOTSTRAP = Logger.getLogger("io.netty.bootstrap.Bootstrap");

    private static final String RUNTIME = "runtime.v1.RuntimeService/";
    private static final String IMAGES = "runtime.v1.ImageService/";

    private final Path socket;
    private final Duration patience;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ManagedChannel channel;

    /**
     * Connects at the first call.
     *
     * @param patience how long one call may take, at least a millisecond
     */
    public CriClient(Path socket, Duration patience) {
        BOOTSTRAP.setLevel(Level.SEVERE);
        this.socket = socket;
        this.patience = patience;
        // A unix socket has no host name, and containerd refuses the path that grpc would send in its place.
        channel = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(loop)
                .usePlaintext()
                .overrideAuthority("localhost")
                .maxInboundMessageSize(MAX_REPLY)
                .build();
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
        return call(IMAGES + "PullImage", () -> CriMessages.pullImageRequest(image), CriMessages::pulledImage, longest);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static OptionalInt pidIn(String info) throws IOException {
        if (info.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonObject json = JsonObject.parse(info.getBytes(StandardCharsets.UTF_8), "container info");
        return json.has("pid") ? OptionalInt.of((int) json.number("pid", 0, MAX_PID)) : OptionalInt.empty();
    }

    @FunctionalInterface
    private interface Request {
        byte[] bytes() throws IOException;
    }

    @FunctionalInterface
    private interface Reply<T> {
        T read(byte[] bytes) throws IOException;
    }

    private <T> T call(String method, Request request, Reply<T> reply) throws CriException {
        return call(method, request, reply, patience);
    }

    private <T> T call(String method, Request request, Reply<T> reply, Duration longest) throws CriException {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(Bytes.MARSHALLER)
                .setResponseMarshaller(Bytes.MARSHALLER)
                .build();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return reply.read(ClientCalls.blockingUnaryCall(channel, descriptor, options, request.bytes()));
        } catch (StatusRuntimeException e) {
            throw new CriException(socket + ": " + method + ": " + e.getStatus(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CriException(socket + ": " + method + ": reply is not CRI v1: " + e.getMessage(), e);
        }
    }

    /** Messages are bytes here; {@link CriMessages} knows what they mean. */
    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        MARSHALLER;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
