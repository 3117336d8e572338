package dev.hotpatch.differ.tar;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.MemberPath;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An uncompressed tar file whose members are read in any order, without unpacking it. Immutable; may be used by several threads; holds
 * no file open.
 */
public final class TarIndex {
    private static final int MAX_MEMBERS = 100_000;
    private static final int MAX_LINKS = 8;

    private final Path file;
    private final Map<String, TarMember> members;

    private TarIndex(Path file, Map<String, TarMember> members) {
        this.file = file;
        this.members = members;
    }

    /** Reads the headers of all members. */
    public static TarIndex of(Path file) throws IOException {
        Map<String, TarMember> members = new HashMap<>();
        try (FileChannel channel = FileChannel.open(file);
                TarStream tar = new TarStream(Channels.newInputStream(channel), file.toString())) {
            long size = channel.size();
            for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarMember member = next.get();
                if (member.size() > size - member.offset()) {
                    throw new BadContentException(
                            file + ": " + member.name() + " of " + member.size() + " bytes is cut short");
                }
                boolean again = members.putIfAbsent(member.name(), member) != null;
                if (again && member.type() != TarMember.Type.FOLDER) {
                    throw new BadContentException(file + ": " + member.name() + " is there twice");
                }
                if (members.size() > MAX_MEMBERS) {
                    throw new BadContentException(file + ": more than " + MAX_MEMBERS + " members");
                }
            }
        }
        return new TarIndex(file, Map.copyOf(members));
    }

    public Path file() {
        return file;
    }

    /** The file of that name, or the one that links of that name lead to. */
    public Optional<TarMember> find(String name) throws BadContentException {
        String current = name;
        for (int links = 0; links < MAX_LINKS; links++) {
            TarMember member = members.get(current);
            if (member == null || member.type() == TarMember.Type.FILE) {
                return Optional.ofNullable(member);
            }
            switch (member.type()) {
                case SYMBOLIC_LINK ->
                    current = MemberPath.follow(
                            current.substring(0, Math.max(0, current.lastIndexOf('/'))), member.link());
                case HARD_LINK -> current = MemberPath.normalise(member.link(), file.toString());
                default -> {
                    return Optional.empty();
                }
            }
        }
        throw new BadContentException(file + ": " + name + " is a link to a link to a link, without end");
    }

    /** The content of the file of that name. The caller closes it. */
    public InputStream open(String name) throws IOException {
        TarMember member = find(name)
                .orElseThrow(() -> new NoSuchFileException(file.toString(), null, "the archive has no " + name));
        FileChannel channel = FileChannel.open(file);
        try {
            channel.position(member.offset());
            return new Part(new BufferedInputStream(Channels.newInputStream(channel), 64 * 1024), member.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The content of a small file. */
    public byte[] read(String name, int max) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new BadContentException(file + ": " + name + " has more than " + max + " bytes");
            }
            return bytes;
        }
    }

    /** The first bytes of a stream. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
