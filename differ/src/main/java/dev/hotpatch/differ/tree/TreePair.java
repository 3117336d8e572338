package dev.hotpatch.differ.tree;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.image.LibrarySource;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of both sides.
 *
 * @param changedLayers bytes, as stored, of the target's layers that the base has not; 0 for libraries
 */
public record TreePair(FileTree base, FileTree target, long changedLayers) {
    /**
     * Reads what the two sides do not share. Layers that both have are not opened.
     *
     * @throws BadContentException if anything in them is not read for safety
     */
    public static TreePair read(Source base, Source target, FileStore store, Progress progress, Parallel parallel)
            throws IOException {
        if (base instanceof ImageSource from && target instanceof ImageSource to) {
            Set<Digest> shared = shared(from.image().layers(), to.image().layers());
            List<Digest> known =
                    from.image().layers().stream().map(Layer::diffId).toList();
            long changed = to.image().layers().stream()
                    .filter(layer -> !known.contains(layer.diffId()))
                    .mapToLong(layer -> layer.descriptor().size())
                    .sum();
            return new TreePair(
                    image(from.image(), shared, store, progress), image(to.image(), shared, store, progress), changed);
        }
        List<FileTree> sides = parallel.map(List.of(base, target), each -> side(each, store, progress), done -> {});
        return new TreePair(sides.get(0), sides.get(1), 0);
    }

    /**
     * The layers that both images have. Also one above a changed layer is left out: should it cover a file that changed below it, the
     * plan has a change that no JVM shows, and every JVM refuses that by the digest of its class. Only where the order of such layers
     * differs, so that one may cover the other on one side only, those above the first difference are read.
     */
    private static Set<Digest> shared(List<Layer> base, List<Layer> target) {
        List<Digest> lower = base.stream().map(Layer::diffId).toList();
        List<Digest> upper = target.stream().map(Layer::diffId).toList();
        List<Digest> ofBase = lower.stream().filter(upper::contains).toList();
        List<Digest> ofTarget = upper.stream().filter(lower::contains).toList();
        if (ofBase.equals(ofTarget)) {
            return new HashSet<>(ofBase);
        }
        int common = 0;
        while (common < Math.min(lower.size(), upper.size())
                && lower.get(common).equals(upper.get(common))) {
            common++;
        }
        return new HashSet<>(lower.subList(0, common));
    }

    private static FileTree side(Source source, FileStore store, Progress progress) throws IOException {
        if (source instanceof ImageSource image) {
            return image(image.image(), Set.of(), store, progress);
        }
        return library(((LibrarySource) source).path(), store);
    }

    private static FileTree image(Image image, Set<Digest> shared, FileStore store, Progress progress)
            throws IOException {
        LayeredFiles files = new LayeredFiles(image.name(), store.limits(), !shared.isEmpty());
        LayerReader reader = new LayerReader(store, files);
        List<Layer> layers = image.layers();
        for (int i = 0; i < layers.size(); i++) {
            progress.at("reading layers of " + image.name(), i, layers.size());
            if (!shared.contains(layers.get(i).diffId())) {
                reader.read(layers.get(i).open(), image.name() + ", layer " + i);
            }
        }
        progress.at("reading layers of " + image.name(), layers.size(), layers.size());
        return files.tree();
    }

    private static FileTree library(Path path, FileStore store) throws IOException {
        TreeMap<String, StoredFile> files = new TreeMap<>();
        boolean folder = Files.isDirectory(path);
        for (Path file : folder ? LibrarySource.files(path) : List.of(path)) {
            Path relative = folder ? path.relativize(file) : file.getFileName();
            String name = MemberPath.normalise(relative.toString().replace('\\', '/'), path.toString());
            if (folder && Files.isSymbolicLink(file)) {
                files.put(
                        name, StoredFile.link(name, Files.readSymbolicLink(file).toString()));
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                files.put(name, store.store(name, in));
            }
        }
        return new FileTree(files, new TreeSet<>());
    }
}
