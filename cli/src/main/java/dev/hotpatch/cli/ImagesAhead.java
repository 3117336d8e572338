package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.agent.PatchSource;
import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.nodeagent.mirror.Mirror;
import dev.hotpatch.nodeagent.mirror.MirrorSettings;
import dev.hotpatch.nodeagent.mirror.Patches;
import dev.hotpatch.nodeagent.mirror.Prefetch;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a node-agent does besides patching, so that target images are there before they are needed. Whoever started it closes it.
 *
 * @param source the agent's, which also says what to prefetch if that is wanted
 */
record ImagesAhead(PatchSource source, Optional<Mirror> mirror, Optional<Prefetch> prefetch) implements AutoCloseable {
    /**
     * Starts what is wanted.
     *
     * @param images absent where there is no runtime: then nothing may be wanted
     * @param mirror absent if there is to be none
     */
    static ImagesAhead start(
            PatchSource source,
            Patches patches,
            Optional<NodeImages> images,
            Optional<MirrorSettings> mirror,
            boolean prefetching,
            Metrics metrics,
            Consumer<String> lines)
            throws IOException {
        Clock clock = Clock.systemUTC();
        Optional<Mirror> started = mirror.isEmpty()
                ? Optional.empty()
                : Optional.of(Mirror.start(mirror.get(), patches, images.orElseThrow(), metrics, lines, clock));
        if (!prefetching) {
            return new ImagesAhead(source, started, Optional.empty());
        }
        Prefetch prefetch = new Prefetch(source, patches, images.orElseThrow(), metrics, lines, clock);
        return new ImagesAhead(prefetch, started, Optional.of(prefetch));
    }

    @Override
    public void close() {
        prefetch.ifPresent(Prefetch::close);
        mirror.ifPresent(Mirror::close);
    }
}
