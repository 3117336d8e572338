package dev.hotpatch.differ.image;

import dev.hotpatch.differ.tar.TarIndex;
import dev.hotpatch.patchformat.image.LayoutImage;
import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens what is on this machine. Registry references are for the registry client, which gives an {@link ImageSource}. */
public final class Images {
    private static final String LAYOUT = "oci:";
    private static final String LAYOUT_ARCHIVE = "oci-archive:";
    private static final String DOCKER_ARCHIVE = "docker-archive:";
    static final List<String> PREFIXES = List.of(LAYOUT, LAYOUT_ARCHIVE, DOCKER_ARCHIVE);

    private record Named(Path path, Optional<String> tag) {}

    private Images() {}

    /** True if {@link #open} is meant to understand {@code spec}; otherwise it names an image in a registry. */
    public static boolean isLocal(String spec) {
        if (PREFIXES.stream().anyMatch(spec::startsWith)) {
            return true;
        }
        String lower = spec.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jar") || lower.endsWith(".war") || lower.endsWith(".ear")) {
            return true;
        }
        try {
            return Files.isDirectory(Path.of(spec));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Opens {@code oci:DIR[:TAG]}, {@code oci-archive:FILE[:TAG]}, {@code docker-archive:FILE[:REPOSITORY:TAG]}, or a jar, war or folder.
     *
     * @param platform which image of several is meant
     * @throws NoSuchFileException if there is no such thing, or no single one
     */
    public static Source open(String spec, Platform platform) throws IOException {
        if (spec.startsWith(LAYOUT)) {
            Named named = split(spec.substring(LAYOUT.length()));
            return new ImageSource(LayoutImage.open(OciLayout.open(named.path), named.tag, platform, spec));
        }
        if (spec.startsWith(LAYOUT_ARCHIVE)) {
            Named named = split(spec.substring(LAYOUT_ARCHIVE.length()));
            ArchivedLayout layout = new ArchivedLayout(TarIndex.of(named.path));
            return new ImageSource(LayoutImage.open(layout, named.tag, platform, spec));
        }
        if (spec.startsWith(DOCKER_ARCHIVE)) {
            Named named = split(spec.substring(DOCKER_ARCHIVE.length()));
            return new ImageSource(DockerArchive.open(TarIndex.of(named.path), named.tag, spec));
        }
        Path path = Path.of(spec);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(
                    spec, null, "no such jar, war or folder; images are named oci:, oci-archive: or docker-archive:");
        }
        return LibrarySource.open(path);
    }

    /** A file name may contain a colon: the longest name that exists is meant. */
    private static Named split(String rest) throws NoSuchFileException {
        for (int end = rest.length(); end > 0; end = rest.lastIndexOf(':', end - 1)) {
            Path path = Path.of(rest.substring(0, end));
            if (Files.exists(path)) {
                return new Named(path, end == rest.length() ? Optional.empty() : Optional.of(rest.substring(end + 1)));
            }
        }
        throw new NoSuchFileException(rest, null, "no such file or folder");
    }
}
