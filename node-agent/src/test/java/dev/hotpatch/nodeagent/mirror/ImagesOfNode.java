package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.cri.CriException;
import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.patchformat.oci.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A runtime that has what it pulled. */
final class ImagesOfNode implements NodeImages {
    final List<String> images = new CopyOnWriteArrayList<>();
    final List<String> pulls = new CopyOnWriteArrayList<>();
    final Map<Digest, Path> folders = new ConcurrentHashMap<>();
    volatile boolean unreachable;

    @Override
    public List<String> repoDigests() {
        return List.copyOf(images);
    }

    @Override
    public String pull(String image, Duration longest) throws CriException {
        pulls.add(image);
        if (unreachable) {
            throw new CriException("registry unreachable", null);
        }
        images.add(image);
        return "sha256:id";
    }

    @Override
    public Optional<Path> unpacked(Digest chainId) {
        return Optional.ofNullable(folders.get(chainId));
    }
}
