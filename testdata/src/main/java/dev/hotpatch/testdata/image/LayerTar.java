package dev.hotpatch.testdata.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Tars of layers. Everything in them belongs to root and has one time: same files, same bytes. */
public final class LayerTar {
    static final int FILE = 0644;
    private static final long TIME = 1_000;

    private LayerTar() {}

    /**
     * Writes a tar.
     *
     * @param files by their names in it, in its order
     * @param out is closed
     */
    public static void write(Map<String, Path> files, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = open(out)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                TarArchiveEntry entry = entry(file.getKey(), TarConstants.LF_NORMAL, FILE);
                entry.setSize(Files.size(file.getValue()));
                tar.putArchiveEntry(entry);
                Files.copy(file.getValue(), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    static TarArchiveEntry entry(String name, byte type, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setMode(mode);
        entry.setModTime(TIME);
        entry.setIds(0, 0);
        return entry;
    }

    static TarArchiveOutputStream open(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }
}
