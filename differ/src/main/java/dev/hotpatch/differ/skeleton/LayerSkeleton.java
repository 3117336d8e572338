package dev.hotpatch.differ.skeleton;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.tar.TarMember;
import dev.hotpatch.differ.tar.TarStream;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.skeleton.TarSkeleton;
import dev.hotpatch.patchformat.skeleton.TarSkeletonWriter;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the skeleton of a layer: its tar without the contents of the files that are on a node which has unpacked it. */
public final class LayerSkeleton {
    /** What else than headers a skeleton may have in it; a layer with more is not worth one. */
    private static final long MAX_CONTENT = 32L << 20;

    /** Of one member, generously, with padding. */
    private static final long HEADERS = 4096;

    private static final int BUFFER = 64 * 1024;

    private LayerSkeleton() {}

    /**
     * Writes it.
     *
     * @param target an existing file is replaced
     * @return whether there is one; not if most of the layer would be in it
     */
    public static boolean write(Layer layer, Path target) throws IOException {
        List<TarMember> members = new ArrayList<>();
        long size = read(layer, members);
        long headers = HEADERS * members.size();
        UnpackedFiles unpacked = new UnpackedFiles(members);
        members.removeIf(member -> !unpacked.contains(member));
        long contents = members.stream().mapToLong(TarMember::size).sum();
        if (size - contents > headers + MAX_CONTENT) {
            return false;
        }
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                TarSkeletonWriter out = new TarSkeletonWriter(file, size);
                InputStream tar = Compression.decompress(layer.open())) {
            long position = 0;
            for (TarMember member : members) {
                copy(tar, out, member.offset() - position);
                out.file(member.name(), member.size());
                tar.skipNBytes(member.size());
                position = member.offset() + member.size();
            }
            copy(tar, out, size - position);
        }
        if (Files.size(target) > TarSkeleton.MAX_BYTES) {
            Files.delete(target);
            return false;
        }
        return true;
    }

    private static long read(Layer layer, List<TarMember> members) throws IOException {
        try (Counting tar = new Counting(Compression.decompress(layer.open()));
                TarStream stream = new TarStream(tar, "layer of the base")) {
            for (Optional<TarMember> next = stream.next(); next.isPresent(); next = stream.next()) {
                members.add(next.get());
            }
            return tar.count;
        }
    }

    private static void copy(InputStream tar, TarSkeletonWriter out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int count = tar.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new BadContentException("layer of the base: cut short, " + left + " bytes before a member's end");
            }
            out.bytes(buffer, 0, count);
            left -= count;
        }
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = in.skip(length);
            count += skipped;
            return skipped;
        }
    }
}
