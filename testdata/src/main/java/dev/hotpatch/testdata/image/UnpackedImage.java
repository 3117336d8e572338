package dev.hotpatch.testdata.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The merged files of an image of ours, to run its program without a container. Knows no whiteouts: our images have none. */
public final class UnpackedImage {
    private static final Pattern DIGEST = Pattern.compile("\"digest\"\\s*:\\s*\"sha256:([0-9a-f]{64})\"");
    private static final int MAX_MANIFEST = 1 << 20;

    private UnpackedImage() {}

    /** Unpacks an OCI archive that {@link JibImage} wrote into a folder, which is made. */
    public static Path unpack(Path archive, BuiltImage image, Path folder) throws IOException {
        for (String layer : layers(archive, image.manifestDigest().replace("sha256:", ""))) {
            try (TarArchiveInputStream outer = open(archive)) {
                find(outer, "blobs/sha256/" + layer);
                extract(new TarArchiveInputStream(new GZIPInputStream(outer)), folder);
            }
        }
        return folder;
    }

    private static List<String> layers(Path archive, String manifest) throws IOException {
        try (TarArchiveInputStream tar = open(archive)) {
            find(tar, "blobs/sha256/" + manifest);
            String text = new String(tar.readNBytes(MAX_MANIFEST), StandardCharsets.UTF_8);
            List<String> found = new ArrayList<>();
            for (Matcher digest = DIGEST.matcher(text.substring(text.indexOf("\"layers\""))); digest.find(); ) {
                found.add(digest.group(1));
            }
            return found;
        }
    }

    private static TarArchiveInputStream open(Path archive) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        return new TarArchiveInputStream(file);
    }

    private static void find(TarArchiveInputStream tar, String name) throws IOException {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null && !entry.getName().equals(name)) {
            entry = tar.getNextEntry();
        }
        if (entry == null) {
            throw new IOException("no " + name + " in the image archive");
        }
    }

    private static void extract(TarArchiveInputStream layer, Path folder) throws IOException {
        for (TarArchiveEntry entry = layer.getNextEntry(); entry != null; entry = layer.getNextEntry()) {
            Path target =
                    folder.resolve(entry.getName().replaceFirst("^/+", "")).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("layer entry " + entry.getName() + " lies outside the image");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.getParent());
            if (entry.isSymbolicLink()) {
                Files.deleteIfExists(target);
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.copy(layer, target, StandardCopyOption.REPLACE_EXISTING);
                if ((entry.getMode() & 0111) != 0 && !target.toFile().setExecutable(true, false)) {
                    throw new IOException("cannot make " + target + " executable");
                }
            }
        }
    }
}
