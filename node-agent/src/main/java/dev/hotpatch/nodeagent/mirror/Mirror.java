package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.patchformat.restore.BaseTars;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A read-only registry on loopback for the node's container runtime. It has the manifests, configs and layers of target images of
 * verified patches, the layers rebuilt from those of the base image and a delta, and nothing else; it never asks a registry on behalf of
 * a request for anything but patches of images that the node has. Whoever started it closes it.
 */
public final class Mirror implements AutoCloseable {
    private final MirrorServer server;
    private final Lookups lookups;
    private final LayerRebuilds rebuilds;

    private Mirror(MirrorServer server, Lookups lookups, LayerRebuilds rebuilds) {
        this.server = server;
        this.lookups = lookups;
        this.rebuilds = rebuilds;
    }

    /**
     * Starts to serve.
     *
     * @param lines what people may want to know
     */
    public static Mirror start(
            MirrorSettings settings,
            Patches patches,
            NodeImages images,
            Metrics metrics,
            Consumer<String> lines,
            Clock clock)
            throws IOException {
        MirrorLog log = new MirrorLog(metrics, lines);
        LayerFolder folder = LayerFolder.open(settings.folder(), settings.maxBytes(), settings.maxAge(), clock);
        ContentStore store = new ContentStore(settings.containerdRoot());
        KeptTargets kept = KeptTargets.open(settings.folder().resolveSibling("targets"));
        TargetImages targets = new TargetImages(images, patches, kept, log);
        targets.recall();
        Lookups lookups = new Lookups(targets, log, clock, settings.lookupPatience());
        LayerRebuilds rebuilds = new LayerRebuilds(
                patches.stores(),
                target -> {
                    BaseTars stored = new ContentStoreTars(store, target.base());
                    return stored.or(
                            new UnpackedTars(store, images, settings.containerdRoot(), patches.stores(), target, log));
                },
                folder,
                log,
                clock);
        MirrorContent content = new MirrorContent(
                targets,
                lookups,
                new TargetDocuments(patches.stores(), kept, log),
                rebuilds,
                store,
                log,
                settings.layerPatience());
        try {
            return new Mirror(MirrorServer.start(settings.port(), content, log), lookups, rebuilds);
        } catch (IOException | RuntimeException e) {
            lookups.close();
            rebuilds.close();
            throw e;
        }
    }

    /** Where it is reached. */
    public String address() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
        lookups.close();
        rebuilds.close();
    }
}
