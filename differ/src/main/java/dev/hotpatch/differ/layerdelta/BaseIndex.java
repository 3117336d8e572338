package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.pairing.ArtifactName;
import dev.hotpatch.differ.tar.TarMember;
import dev.hotpatch.differ.tar.TarStream;
import dev.hotpatch.patchformat.layerdelta.Op;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** What the base's layers have, by path and by content. For one thread. */
final class BaseIndex {
    private static final int MAX_DEPTH = 6;

    /**
     * A member of a tar.
     *
     * @param header what lies between the content before and its own
     */
    record Member(String path, Region header, BaseFile file) {}

    /** The entries of a zip by name. */
    record Zip(ZipLayout layout, Map<String, ZipLayout.Entry> byName, Map<String, ZipLayout.Entry> byArtifact) {
        /**
         * For each of the names the entry with that name, or with that name in another version; or else the one that is most like it in
         * folder, extension and length among those that have no other counterpart.
         */
        Map<String, ZipLayout.Entry> counterparts(ZipLayout other) {
            Map<String, ZipLayout.Entry> found = new HashMap<>();
            List<ZipLayout.Entry> without = new ArrayList<>();
            for (ZipLayout.Entry entry : other.entries()) {
                ZipLayout.Entry mine = byName.get(entry.name());
                mine = mine != null ? mine : byArtifact.get(artifact(entry.name()));
                if (mine == null) {
                    without.add(entry);
                } else {
                    found.put(entry.name(), mine);
                }
            }
            Set<ZipLayout.Entry> taken = new HashSet<>(found.values());
            Map<String, List<ZipLayout.Entry>> left = new HashMap<>();
            for (ZipLayout.Entry entry : layout.entries()) {
                if (!taken.contains(entry)) {
                    left.computeIfAbsent(kind(entry.name()), kind -> new ArrayList<>())
                            .add(entry);
                }
            }
            for (ZipLayout.Entry entry : without) {
                long length = other.directory().length(entry.index());
                left.getOrDefault(kind(entry.name()), List.of()).stream()
                        .min(Comparator.comparingLong(
                                mine -> Math.abs(layout.directory().length(mine.index()) - length)))
                        .ifPresent(mine -> found.put(entry.name(), mine));
            }
            return found;
        }

        BaseFile file(ZipLayout.Entry entry) {
            return new BaseFile(
                    layout.stored(entry),
                    layout.directory().method(entry.index()) == 8,
                    layout.directory().length(entry.index()));
        }
    }

    private record Key(long checksum, long length) {}

    private final Scratch scratch;
    private final Map<String, Member> byPath = new HashMap<>();
    private final Map<String, Member> byArtifact = new HashMap<>();
    private final Map<Key, BaseFile> byContent = new HashMap<>();
    private final Map<Region, Optional<Zip>> zips = new HashMap<>();
    private final Map<Region, Region> defined = new HashMap<>();
    private final List<Region> ends = new ArrayList<>();
    private int files;

    BaseIndex(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Adds a layer; its tar becomes the next file of the base. */
    void add(FileChannel tar) throws IOException {
        Region all = new Region(tar, files++, 0, tar.size());
        long position = 0;
        try (TarStream members = new TarStream(all.open(), "layer of the base")) {
            for (Optional<TarMember> next = members.next(); next.isPresent(); next = members.next()) {
                TarMember member = next.get();
                Region header = all.part(position, member.offset() - position);
                if (member.type() == TarMember.Type.FILE) {
                    Region content = all.part(member.offset(), member.size());
                    put(new Member(member.name(), header, new BaseFile(content, false, content.length())));
                    position = member.offset() + member.size();
                } else {
                    put(new Member(member.name(), header, new BaseFile(all.part(member.offset(), 0), false, 0)));
                    position = member.offset();
                }
            }
        }
        ends.add(all.part(position, all.length() - position));
    }

    private void put(Member member) throws IOException {
        byPath.put(member.path, member);
        byArtifact.putIfAbsent(artifact(member.path), member);
        BaseFile file = member.file;
        if (file.length() > 0) {
            byContent.putIfAbsent(new Key(checksum(file.stored()), file.length()), file);
            zip(file.stored(), 0);
        }
    }

    /** The folder and extension of a path. */
    private static String kind(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1) + "*" + path.substring(Math.max(0, path.lastIndexOf('.')));
    }

    /** The path with the version taken out of its last name. */
    static String artifact(String path) {
        int slash = path.lastIndexOf('/') + 1;
        return path.substring(0, slash) + ArtifactName.of(path.substring(slash));
    }

    static long checksum(Region region) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = region.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
            }
        }
        return checksum.getValue();
    }

    Optional<Member> member(String path) {
        Member member = byPath.get(path);
        return Optional.ofNullable(member != null ? member : byArtifact.get(artifact(path)));
    }

    /** What follows the last member of the first tar that has something there. */
    Optional<Region> end() {
        return ends.stream().filter(end -> end.length() > 0).findFirst();
    }

    /** A file or entry with the same content, as far as a checksum can tell. */
    Optional<BaseFile> sameContent(long checksum, long length) {
        return Optional.ofNullable(byContent.get(new Key(checksum, length)));
    }

    /** A file of the base as a zip, if it is one. */
    Optional<Zip> zip(Region file) throws IOException {
        return zip(file, 0);
    }

    private Optional<Zip> zip(Region file, int depth) throws IOException {
        Optional<Zip> known = zips.get(file);
        if (known == null) {
            known = depth > MAX_DEPTH ? Optional.empty() : ZipLayout.of(file).map(BaseIndex::index);
            zips.put(file, known);
            if (known.isPresent()) {
                for (ZipLayout.Entry entry : known.get().layout().entries()) {
                    enter(known.get(), entry, depth);
                }
            }
        }
        return known;
    }

    private void enter(Zip zip, ZipLayout.Entry entry, int depth) throws IOException {
        BaseFile file = zip.file(entry);
        if (!entry.plain() || file.length() == 0) {
            return;
        }
        byContent.putIfAbsent(new Key(zip.layout().directory().checksum(entry.index()), file.length()), file);
        if (!file.deflated() && isZip(file.stored())) {
            zip(file.stored(), depth + 1);
        }
    }

    static boolean isZip(Region file) throws IOException {
        if (file.length() < 22) {
            return false;
        }
        byte[] start = file.read(0, 4);
        return start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
    }

    private static Zip index(ZipLayout layout) {
        Map<String, ZipLayout.Entry> byName = new HashMap<>();
        Map<String, ZipLayout.Entry> byArtifact = new HashMap<>();
        for (ZipLayout.Entry entry : layout.entries()) {
            byName.put(entry.name(), entry);
            byArtifact.putIfAbsent(artifact(entry.name()), entry);
        }
        return new Zip(layout, byName, byArtifact);
    }

    /** Makes a deflate stream of the base a file of its own; {@code ops} gets the step that says so, the first time. */
    Region define(Region stored, List<Op> ops) throws IOException {
        Region known = defined.get(stored);
        if (known == null) {
            Region content = scratch.inflate(stored);
            known = new Region(content.channel(), content.start() + content.offset(), files++, 0, content.length());
            defined.put(stored, known);
            ops.add(new Op.Define(stored.number(), stored.offset(), stored.length(), content.length()));
        }
        return known;
    }
}
