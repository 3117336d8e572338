package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.cri.CriException;
import dev.hotpatch.nodeagent.cri.NodeImages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A runtime that has what it pulled. */
final class ImagesOfNode implements NodeImages {
    final List<String> images = new CopyOnWriteArrayList<>();
    final List<String> pulls = new CopyOnWriteArrayList<>();
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
}
