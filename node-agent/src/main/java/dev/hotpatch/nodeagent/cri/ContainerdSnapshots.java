package dev.hotpatch.nodeagent.cri;

import com.google.protobuf.CodedInputStream;
import dev.hotpatch.patchformat.oci.Digest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where containerd's overlayfs snapshotter keeps the files of unpacked layers: asked of its snapshots service, which is on the socket of its
 * CRI ({@code containerd/api/services/snapshots/v1/snapshots.proto}).
 */
record ContainerdSnapshots(GrpcSocket socket, Duration patience) {
    private static final String SERVICE = "containerd.services.snapshots.v1.Snapshots/";
    private static final String SNAPSHOTTER = "overlayfs";
    private static final String LOWER = "lowerdir=";
    private static final int MAX_TEXT = 1 << 20;

    /** What one mount of a view says: type = 1, source = 2, options = 4. */
    private record Mount(String type, String source, List<String> options) {}

    /**
     * The folder of one layer alone; empty if there is no such snapshot, or one of another make.
     *
     * @throws CriException if this is no containerd, too
     */
    Optional<Path> folder(Digest chainId) throws CriException {
        // Mounts are told of views and containers only. What is not removed below is garbage, and containerd collects
        // it.
        String view = "hotpatch-" + UUID.randomUUID();
        try {
            return call("View", () -> view(view, chainId), ContainerdSnapshots::folder);
        } catch (CriException e) {
            if (e.getCause() instanceof StatusRuntimeException status
                    && status.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } finally {
            remove(view);
        }
    }

    private void remove(String view) {
        try {
            var unused = call("Remove", () -> key(view), reply -> reply);
        } catch (CriException e) {
            // It was never made, or is left to the collector.
        }
    }

    private <T> T call(String method, GrpcSocket.Request request, GrpcSocket.Reply<T> reply) throws CriException {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("containerd-namespace", Metadata.ASCII_STRING_MARSHALLER), "k8s.io");
        return socket.call(metadata, SERVICE + method, request, reply, patience);
    }

    /** {@code ViewSnapshotRequest}: snapshotter = 1, key = 2, parent = 3. */
    static byte[] view(String key, Digest parent) throws IOException {
        return Proto.message(out -> {
            out.writeString(1, SNAPSHOTTER);
            out.writeString(2, key);
            out.writeString(3, parent.toString());
        });
    }

    /** {@code RemoveSnapshotRequest}: snapshotter = 1, key = 2. */
    static byte[] key(String key) throws IOException {
        return Proto.message(out -> {
            out.writeString(1, SNAPSHOTTER);
            out.writeString(2, key);
        });
    }

    /** {@code ViewSnapshotResponse}: mounts = 1. */
    private static List<Mount> mounts(byte[] reply) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        Proto.fields(CodedInputStream.newInstance(reply), (number, in) -> {
            if (number == 1) {
                mounts.add(mount(Proto.nested(in)));
            } else {
                Proto.skip(in);
            }
        });
        return mounts;
    }

    private static Mount mount(CodedInputStream message) throws IOException {
        String[] texts = {"", ""};
        List<String> options = new ArrayList<>();
        Proto.fields(message, (number, in) -> {
            switch (number) {
                case 1, 2 -> texts[number - 1] = Proto.text(in);
                case 4 -> options.add(Proto.text(in, MAX_TEXT));
                default -> Proto.skip(in);
            }
        });
        return new Mount(texts[0], texts[1], options);
    }

    /** Reads a reply to {@link #view}. */
    static Optional<Path> folder(byte[] reply) throws IOException {
        List<Mount> mounts = mounts(reply);
        return mounts.size() == 1 ? top(mounts.get(0)) : Optional.empty();
    }

    /** The uppermost layer of a view: the only one is bound, of several the first of the lower folders. */
    private static Optional<Path> top(Mount mount) {
        return switch (mount.type) {
            case "bind" -> Optional.of(Path.of(mount.source));
            case "overlay" ->
                mount.options.stream()
                        .filter(option -> option.startsWith(LOWER) && option.indexOf('\\') < 0)
                        .map(option -> Path.of(option.substring(LOWER.length()).split(":", 2)[0]))
                        .findFirst();
            default -> Optional.empty();
        };
    }
}
