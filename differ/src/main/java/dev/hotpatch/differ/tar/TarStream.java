package dev.hotpatch.differ.tar;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.MemberPath;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar, member by member. For one thread. */
public final class TarStream implements Closeable {
    private static final int MAX_HEADERS = 1 << 20;
    private static final int BLOCK = 512;

    private final String what;
    private final HeaderGuard guard;
    private final TarArchiveInputStream tar;
    private long contentEnd;

    /**
     * Reads {@code in} from its current position.
     *
     * @param in uncompressed; closed with this
     * @param what what is read, for messages
     */
    public TarStream(InputStream in, String what) {
        this.what = what;
        this.guard = new HeaderGuard(in, what);
        this.tar = new TarArchiveInputStream(guard, "UTF-8");
    }

    /**
     * The next member; at the end, after the rest of the stream was read, nothing.
     *
     * @throws BadContentException if this is not a tar, or one that is not read for safety
     */
    public Optional<TarMember> next() throws IOException {
        try {
            guard.allow(Math.max(0, contentEnd - tar.getBytesRead()) + BLOCK + MAX_HEADERS);
            TarArchiveEntry entry = tar.getNextEntry();
            guard.allow(Long.MAX_VALUE);
            if (entry == null) {
                drain();
                return Optional.empty();
            }
            long offset = tar.getBytesRead();
            contentEnd = offset + entry.getSize();
            return Optional.of(new TarMember(
                    MemberPath.normalise(entry.getName(), what),
                    type(entry),
                    entry.isLink() || entry.isSymbolicLink() ? entry.getLinkName() : "",
                    entry.getSize(),
                    offset));
        } catch (RuntimeException | StackOverflowError e) {
            // The library declares neither, and throws both for some damaged headers.
            throw new BadContentException(what + ": not a readable tar: " + e, e);
        }
    }

    /** The content of the member that {@link #next} gave last; ends with it. Closing it does nothing: more members may follow. */
    public InputStream content() {
        return new FilterInputStream(tar) {
            @Override
            public void close() {
                // The layer below is closed with this whole reader; a SequenceInputStream would close it at the first
                // file's end.
            }
        };
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private void drain() throws IOException {
        byte[] rest = new byte[8192];
        while (guard.read(rest, 0, rest.length) >= 0) {
            // Only so that a verifying stream below has the last word.
        }
    }

    private static TarMember.Type type(TarArchiveEntry entry) {
        if (entry.isLink()) {
            return TarMember.Type.HARD_LINK;
        }
        if (entry.isSymbolicLink()) {
            return TarMember.Type.SYMBOLIC_LINK;
        }
        if (entry.isDirectory()) {
            return TarMember.Type.FOLDER;
        }
        return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()
                ? TarMember.Type.SPECIAL
                : TarMember.Type.FILE;
    }
}
