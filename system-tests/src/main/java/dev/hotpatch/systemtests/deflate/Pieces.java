package dev.hotpatch.systemtests.deflate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Real content: jars, inflated, and other files as they are, in pieces. */
final class Pieces {
    /** Takes pieces until it has enough. */
    interface Taker {
        /** Whether more is wanted. */
        boolean take(String name, byte[] content) throws IOException;
    }

    /** Jars whose entries are taken one by one, too: many small streams. */
    private static final int EVERY = 20;

    private final int most;
    private final Taker taker;
    private int jars;

    /** @param most the bytes of a piece */
    Pieces(int most, Taker taker) {
        this.most = most;
        this.taker = taker;
    }

    /** Offers what is below these folders, and these files, in the order of their names. */
    void offer(List<Path> roots) throws IOException {
        for (Path root : roots) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(root)) {
                files = walk.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : files) {
                boolean more = file.toString().endsWith(".jar") ? jar(file) : file(file);
                if (!more) {
                    return;
                }
            }
        }
    }

    private boolean file(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = in.readNBytes(most);
            for (int i = 0; piece.length > 0; i++) {
                if (!taker.take(file + (i == 0 ? "" : " piece " + i), piece)) {
                    return false;
                }
                piece = in.readNBytes(most);
            }
        }
        return true;
    }

    private boolean jar(Path file) throws IOException {
        boolean one = jars++ % EVERY == 0;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                byte[] content;
                try (InputStream in = jar.getInputStream(entry)) {
                    content = in.readNBytes(most);
                }
                if (one && content.length > 0 && !taker.take(file + "!" + entry.getName(), content)) {
                    return false;
                }
                if (all.size() + content.length > most) {
                    break;
                }
                all.writeBytes(content);
            }
        }
        return all.size() == 0 || taker.take(file.toString(), all.toByteArray());
    }
}
