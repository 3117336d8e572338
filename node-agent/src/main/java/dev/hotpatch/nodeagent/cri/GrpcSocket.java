package dev.hotpatch.nodeagent.cri;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Calls of services over a runtime's unix socket. For any number of threads; whoever made it closes it. */
final class GrpcSocket implements AutoCloseable {
    private static final int MAX_REPLY = 32 << 20;
    /** Netty warns at every connection that a unix socket has no SO_KEEPALIVE, which grpc sets on all; kept here so that it lasts. */
    private static final Logger BOOTSTRAP = Logger.getLogger("io.netty.bootstrap.Bootstrap");

    private final Path socket;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ManagedChannel channel;

    /** Connects at the first call. */
    GrpcSocket(Path socket) {
        BOOTSTRAP.setLevel(Level.SEVERE);
        this.socket = socket;
        // A unix socket has no host name, and containerd refuses the path that grpc would send in its place.
        channel = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(loop)
                .usePlaintext()
                .overrideAuthority("localhost")
                .maxInboundMessageSize(MAX_REPLY)
                .build();
    }

    @FunctionalInterface
    interface Request {
        byte[] bytes() throws IOException;
    }

    @FunctionalInterface
    interface Reply<T> {
        T read(byte[] bytes) throws IOException;
    }

    /**
     * Calls {@code method}.
     *
     * @throws CriException if nothing comes in time, an error comes, or something else than {@code reply} reads
     */
    <T> T call(String method, Request request, Reply<T> reply, Duration longest) throws CriException {
        return call(channel, method, request, reply, longest);
    }

    /** As the other, with metadata. */
    <T> T call(Metadata metadata, String method, Request request, Reply<T> reply, Duration longest)
            throws CriException {
        Channel described = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
        return call(described, method, request, reply, longest);
    }

    private <T> T call(Channel over, String method, Request request, Reply<T> reply, Duration longest)
            throws CriException {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(Bytes.MARSHALLER)
                .setResponseMarshaller(Bytes.MARSHALLER)
                .build();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return reply.read(ClientCalls.blockingUnaryCall(over, descriptor, options, request.bytes()));
        } catch (StatusRuntimeException e) {
            throw new CriException(socket + ": " + method + ": " + e.getStatus(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CriException(socket + ": " + method + ": the reply is not as specified: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Messages are bytes here; whoever calls knows what they mean. */
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
