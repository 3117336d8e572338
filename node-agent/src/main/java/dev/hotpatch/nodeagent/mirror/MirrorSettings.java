package dev.hotpatch.nodeagent.mirror;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a mirror works.
 *
 * @param port on loopback; 0 for any free one
 * @param folder where rebuilt layers are kept, made if needed
 * @param containerdRoot where containerd keeps its content
 * @param maxBytes how much {@code folder} may hold
 * @param maxAge how long a layer is kept there
 * @param lookupPatience how long a request waits for a registry to say which patches there are
 * @param layerPatience how long a request waits for a layer; containerd gives a pull up after a minute in which nothing comes
 */
public record MirrorSettings(
        int port,
        Path folder,
        Path containerdRoot,
        long maxBytes,
        Duration maxAge,
        Duration lookupPatience,
        Duration layerPatience) {
    /** With times that suit containerd. */
    public static MirrorSettings of(int port, Path folder, Path containerdRoot, long maxBytes) {
        return new MirrorSettings(
                port,
                folder,
                containerdRoot,
                maxBytes,
                Duration.ofHours(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(50));
    }
}
