package dev.hotpatch.differ.tree;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.tar.TarMember;
import dev.hotpatch.differ.tar.TarStream;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lays one layer after the other over {@link LayeredFiles}. For one thread. */
final class LayerReader {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final FileStore store;
    private final LayeredFiles files;

    LayerReader(FileStore store, LayeredFiles files) {
        this.store = store;
        this.files = files;
    }

    /**
     * Reads one layer once, from its start to its end.
     *
     * @param stored its bytes as they are stored; is closed
     * @param what the layer, for messages
     */
    void read(InputStream stored, String what) throws IOException {
        files.nextLayer();
        try (TarStream tar = new TarStream(decompress(stored, what), what)) {
            int members = 0;
            for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
                if (++members > store.limits().entries()) {
                    throw new BadContentException(what + ": more than " + members + " members");
                }
                member(next.get(), tar.content(), what);
            }
        }
    }

    private static InputStream decompress(InputStream stored, String what) throws IOException {
        try {
            return Compression.decompress(stored);
        } catch (IOException e) {
            stored.close();
            throw new BadContentException(what + ": " + e.getMessage(), e);
        }
    }

    private void member(TarMember member, InputStream content, String what) throws IOException {
        if (member.name().isEmpty() || member.type() == TarMember.Type.SPECIAL) {
            return;
        }
        String place = files.place(member.name());
        int slash = place.lastIndexOf('/') + 1;
        String name = place.substring(slash);
        if (name.equals(OPAQUE)) {
            files.hideBelow(place.substring(0, Math.max(0, slash - 1)));
        } else if (name.startsWith(WHITEOUT + WHITEOUT)) {
            // AUFS keeps its own records under such names; they are no files of the image.
            return;
        } else if (name.startsWith(WHITEOUT)) {
            String hidden = name.substring(WHITEOUT.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                throw new BadContentException(what + ": refused whiteout " + MemberPath.printable(member.name()));
            }
            files.whiteout(place.substring(0, slash) + hidden);
        } else {
            switch (member.type()) {
                case FOLDER -> files.putFolder(place);
                case SYMBOLIC_LINK -> files.put(place, StoredFile.link(place, member.link()), member.link());
                case HARD_LINK -> files.put(place, linked(member, place, what), "");
                default -> files.put(place, store.store(place, content), "");
            }
        }
    }

    private StoredFile linked(TarMember member, String place, String what) throws IOException {
        String target = files.place(MemberPath.normalise(member.link(), what));
        Optional<StoredFile> file = files.find(target);
        if (file.isPresent()) {
            return file.get().at(place);
        }
        if (!files.onSharedLayers()) {
            throw new BadContentException(what + ": " + MemberPath.printable(member.name())
                    + " is a hard link to a file that is not there: " + MemberPath.printable(target));
        }
        // The content lies in a layer that both sides have and nobody reads: it is told apart by its path.
        Digest identity = Digest.of(("shared file " + target).getBytes(StandardCharsets.UTF_8));
        return new StoredFile(place, identity, 0, Optional.empty(), StoredFile.Kind.OTHER, "");
    }
}
