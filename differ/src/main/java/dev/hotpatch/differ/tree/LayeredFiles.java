package dev.hotpatch.differ.tree;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files while layer is laid over layer (OCI image specification, layer.md). For one thread. */
final class LayeredFiles {
    private static final int MAX_LINKS = 40;

    private record Node(StoredFile file, String linkTarget, int layer) {}

    private final String what;
    private final Limits limits;
    private final boolean onSharedLayers;
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private final SortedSet<String> hidden = new TreeSet<>();
    private int layer;

    /**
     * Starts with no files.
     *
     * @param what the image, for messages
     * @param onSharedLayers whether there are files below that are not read
     */
    LayeredFiles(String what, Limits limits, boolean onSharedLayers) {
        this.what = what;
        this.limits = limits;
        this.onSharedLayers = onSharedLayers;
    }

    void nextLayer() {
        layer++;
    }

    /** What a file with this path is after links to folders were followed, as they are when a layer is unpacked. */
    String place(String path) throws BadContentException {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? path : child(folder(path.substring(0, slash)), path.substring(slash + 1));
    }

    private String folder(String path) throws BadContentException {
        String resolved = "";
        String rest = path;
        int links = 0;
        while (!rest.isEmpty()) {
            int slash = rest.indexOf('/');
            String next = child(resolved, slash < 0 ? rest : rest.substring(0, slash));
            rest = slash < 0 ? "" : rest.substring(slash + 1);
            Node node = nodes.get(next);
            if (node == null || node.linkTarget.isEmpty()) {
                resolved = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new BadContentException(
                        what + ": " + MemberPath.printable(path) + " leads through a ring of links");
            }
            String target = MemberPath.follow(resolved, node.linkTarget);
            rest = rest.isEmpty() ? target : child(target, rest);
            resolved = "";
        }
        return resolved;
    }

    private static String child(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    void put(String place, StoredFile file, String linkTarget) throws BadContentException {
        subtree(place).clear();
        dropFilesAbove(place);
        nodes.put(place, new Node(file, linkTarget, layer));
        if (nodes.size() > limits.entries()) {
            throw new BadContentException(what + ": more than " + limits.entries() + " files");
        }
    }

    /** A folder takes the place of a file or link of that name, and leaves a folder as it is. */
    void putFolder(String place) {
        nodes.remove(place);
        dropFilesAbove(place);
    }

    private void dropFilesAbove(String place) {
        for (int slash = place.lastIndexOf('/'); slash > 0; slash = place.lastIndexOf('/', slash - 1)) {
            nodes.remove(place.substring(0, slash));
        }
    }

    Optional<StoredFile> find(String place) {
        return Optional.ofNullable(nodes.get(place)).map(Node::file);
    }

    boolean onSharedLayers() {
        return onSharedLayers;
    }

    /**
     * Removes what lower layers have at and below {@code place}. Where that removes files that were read, those are taken to be all that
     * was meant: images often add a file in one layer and remove it in a later one.
     */
    void whiteout(String place) {
        Node node = nodes.get(place);
        boolean own = node != null && node.layer < layer;
        if (own) {
            nodes.remove(place);
        }
        own |= subtree(place).values().removeIf(below -> below.layer < layer);
        if (onSharedLayers && !own) {
            hidden.add(place);
        }
    }

    /** Removes what lower layers have below {@code place}. */
    void hideBelow(String place) {
        subtree(place).values().removeIf(node -> node.layer < layer);
        if (onSharedLayers) {
            hidden.add(place);
        }
    }

    private Map<String, Node> subtree(String place) {
        return place.isEmpty() ? nodes : nodes.subMap(place + "/", place + "0");
    }

    FileTree tree() {
        TreeMap<String, StoredFile> files = new TreeMap<>();
        List<String> gone = new ArrayList<>();
        nodes.forEach((path, node) -> files.put(path, node.file().at(path)));
        for (String path : hidden) {
            if (!nodes.containsKey(path)) {
                gone.add(path);
            }
        }
        return new FileTree(files, new TreeSet<>(gone));
    }
}
