package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.tar.TarMember;
import dev.hotpatch.differ.tar.TarStream;
import dev.hotpatch.patchformat.deflate.DeflateFinder;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.GzipFormatException;
import dev.hotpatch.patchformat.deflate.GzipFraming;
import dev.hotpatch.patchformat.deflate.GzipMember;
import dev.hotpatch.patchformat.layerdelta.ItemCoder;
import dev.hotpatch.patchformat.layerdelta.Op;
import dev.hotpatch.patchformat.layerdelta.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the steps that make a tar of the base's files, and codes its new content. Archives within archives are taken apart as deep as they go;
 * what is the same on both sides is copied as it lies there. For one thread, once.
 */
final class LayerRecipe {
    private static final int CHUNK = 8 << 20;
    private static final int SLACK = 1 << 20;
    private static final int MAX_DEPTH = 6;

    private final BaseIndex base;
    private final Scratch scratch;
    private final Parallel parallel;
    private final List<Op> ops;
    private final Groups groups;
    private final Progress progress;
    private final DeflateFinder finder = DeflateFinder.forArchives();

    LayerRecipe(BaseIndex base, Scratch scratch, Parallel parallel, Groups groups, List<Op> ops, Progress progress) {
        this.base = base;
        this.scratch = scratch;
        this.parallel = parallel;
        this.groups = groups;
        this.ops = ops;
        this.progress = progress;
    }

    void tar(FileChannel tar) throws IOException {
        Region all = new Region(tar, -1, 0, tar.size());
        long position = 0;
        try (TarStream members = new TarStream(all.open(), "layer of the target")) {
            for (Optional<TarMember> next = members.next(); next.isPresent(); next = members.next()) {
                TarMember member = next.get();
                Optional<BaseIndex.Member> old = base.member(member.name());
                bytes(
                        all.part(position, member.offset() - position),
                        old.map(it ->
                                new BaseFile(it.header(), false, it.header().length())));
                position = member.offset();
                progress.at("layer delta", position, tar.size());
                if (member.type() == TarMember.Type.FILE && member.size() > 0) {
                    file(all.part(position, member.size()), old.map(BaseIndex.Member::file), 0);
                    position += member.size();
                }
            }
        }
        bytes(
                all.part(position, all.length() - position),
                base.end().map(end -> new BaseFile(end, false, end.length())));
    }

    /** Copies bytes that the base has just so; says whether it did. */
    private boolean copy(Region content, Optional<BaseFile> old, int entries) throws IOException {
        if (old.isEmpty() || old.get().deflated() || !content.sameAs(old.get().stored())) {
            return false;
        }
        copy(old.get().stored(), entries);
        return true;
    }

    private void copy(Region stored, int entries) {
        if (!ops.isEmpty()
                && ops.get(ops.size() - 1) instanceof Op.Copy last
                && last.file() == stored.number()
                && last.offset() + last.length() == stored.offset()) {
            ops.set(
                    ops.size() - 1,
                    new Op.Copy(last.file(), last.offset(), last.length() + stored.length(), last.entries() + entries));
            return;
        }
        ops.add(new Op.Copy(stored.number(), stored.offset(), stored.length(), entries));
    }

    /** Bytes that have no parts of their own. */
    private void bytes(Region content, Optional<BaseFile> old) throws IOException {
        if (content.length() == 0 || copy(content, old, 0)) {
            return;
        }
        for (long at = 0; at < content.length(); at += CHUNK) {
            int size = (int) Math.min(CHUNK, content.length() - at);
            chunk(content.read(at, size), window(old, at, size));
        }
    }

    private Optional<BaseFile> window(Optional<BaseFile> old, long at, int size) throws IOException {
        if (old.isEmpty() || old.get().isSource()) {
            return old;
        }
        Region all = old.get().deflated()
                ? base.define(old.get().stored(), ops)
                : old.get().stored();
        long from = Math.max(0, Math.min(at - SLACK, all.length()));
        long length = Math.min(size + 2L * SLACK, all.length() - from);
        return Optional.of(new BaseFile(all.part(from, length), false, length));
    }

    private void chunk(byte[] content, Optional<BaseFile> old) throws IOException {
        Source source = old.map(BaseFile::source).orElse(Source.NONE);
        if (old.isPresent() && ItemCoder.isClass(old.get().content(), content)) {
            groups.classFile(old.get(), content);
            ops.add(new Op.Content(Op.Form.CLASS, source));
        } else {
            groups.plain(old, content);
            ops.add(new Op.Content(Op.Form.PLAIN, source));
        }
    }

    /** A file, or an entry once inflated. */
    private void file(Region content, Optional<BaseFile> paired, int depth) throws IOException {
        if (copy(content, paired, 0)) {
            return;
        }
        long checksum = depth == 0 ? BaseIndex.checksum(content) : -1;
        Optional<BaseFile> same = checksum < 0 ? Optional.empty() : base.sameContent(checksum, content.length());
        if (copy(content, same, 0)) {
            return;
        }
        if (depth < MAX_DEPTH) {
            Optional<ZipLayout> zip = ZipLayout.of(content);
            if (zip.isPresent()) {
                zip(zip.get(), oldZip(paired), depth);
                return;
            }
            if (gzip(content, paired, depth)) {
                return;
            }
        }
        bytes(content, paired);
    }

    private Optional<BaseIndex.Zip> oldZip(Optional<BaseFile> paired) throws IOException {
        if (paired.isEmpty()) {
            return Optional.empty();
        }
        BaseFile file = paired.get();
        return base.zip(file.deflated() ? base.define(file.stored(), ops) : file.stored());
    }

    private boolean gzip(Region content, Optional<BaseFile> paired, int depth) throws IOException {
        Optional<GzipMember> member = member(content);
        if (member.isEmpty()) {
            return false;
        }
        Region stream = content.part(member.get().streamOffset(), member.get().streamLength());
        Region inflated = scratch.inflate(stream);
        Optional<DeflateParameters> parameters = finder.find(inflated::open, stream::open);
        if (parameters.isEmpty()) {
            return false;
        }
        Optional<Region> old = paired.isPresent() && !paired.get().deflated()
                ? Optional.of(paired.get().stored())
                : Optional.empty();
        Optional<GzipMember> oldMember = old.isPresent() ? member(old.get()) : Optional.empty();
        Optional<BaseFile> oldContent = Optional.empty();
        if (oldMember.isPresent()) {
            Region oldStream = old.get()
                    .part(oldMember.get().streamOffset(), oldMember.get().streamLength());
            oldContent =
                    Optional.of(new BaseFile(oldStream, true, oldMember.get().contentLength()));
        }
        bytes(content.part(0, stream.offset() - content.offset()), Optional.empty());
        ops.add(new Op.Deflate(parameters.get()));
        file(inflated, oldContent, depth + 1);
        ops.add(new Op.End());
        long end = stream.offset() + stream.length() - content.offset();
        bytes(content.part(end, content.length() - end), Optional.empty());
        return true;
    }

    private static Optional<GzipMember> member(Region file) throws IOException {
        if (file.length() < 18) {
            return Optional.empty();
        }
        byte[] start = file.read(0, 3);
        if (start[0] != 0x1f || start[1] != (byte) 0x8b || start[2] != 8) {
            return Optional.empty();
        }
        try (InputStream in = file.open()) {
            GzipFraming framing = GzipFraming.read(in, OutputStream.nullOutputStream());
            return framing.members().size() == 1 ? Optional.of(framing.members().get(0)) : Optional.empty();
        } catch (GzipFormatException e) {
            // Named like one, perhaps; told as bytes like others.
            return Optional.empty();
        }
    }

    private void zip(ZipLayout zip, Optional<BaseIndex.Zip> old, int depth) throws IOException {
        Map<String, ZipLayout.Entry> pairs = old.map(it -> it.counterparts(zip)).orElse(Map.of());
        List<EntryPlan> plans = parallel.map(
                zip.entries(),
                entry -> EntryPlan.of(
                        zip, entry, old, Optional.ofNullable(pairs.get(entry.name())), base, scratch, finder),
                done -> {});
        boolean[] derived = new boolean[plans.size()];
        for (int i = 0; i < derived.length; i++) {
            derived[i] = plans.get(i).isDerived();
        }
        Optional<BaseFile> oldDirectory = old.map(it -> {
            ZipLayout layout = it.layout();
            long length = layout.file().length() - layout.directoryOffset();
            return new BaseFile(layout.file().part(layout.directoryOffset(), length), false, length);
        });
        groups.directory(oldDirectory, zip.directory().relativeWithout(derived));
        ops.add(new Op.Zip(oldDirectory.map(BaseFile::source).orElse(Source.NONE)));
        long position = 0;
        for (EntryPlan plan : plans) {
            gap(zip, position, plan.entry().offset(), position == 0 ? old : Optional.empty());
            entry(zip, plan, depth);
            position = plan.entry().end();
        }
        gap(zip, position, zip.directoryOffset(), Optional.empty());
        ops.add(new Op.End());
    }

    /** What lies before the first entry, such as a script that starts the jar, or between entries. */
    private void gap(ZipLayout zip, long from, long to, Optional<BaseIndex.Zip> old) throws IOException {
        Optional<BaseFile> before = old.filter(it -> !it.layout().entries().isEmpty())
                .map(it ->
                        it.layout().file().part(0, it.layout().entries().get(0).offset()))
                .map(region -> new BaseFile(region, false, region.length()));
        bytes(zip.file().part(from, to - from), before);
    }

    private void entry(ZipLayout zip, EntryPlan plan, int depth) throws IOException {
        ZipLayout.Entry entry = plan.entry();
        Optional<BaseFile> oldHeader = plan.oldHeader();
        switch (plan.kind()) {
            case COPY -> copy(plan.old().orElseThrow().stored(), 1);
            case COPY_STORED -> {
                BaseFile old = plan.old().orElseThrow();
                ops.add(new Op.EntryCopy(old.stored().number(), old.stored().offset(), plan.extra(), entry.signed()));
            }
            case MAKE -> {
                boolean explicit = !plan.headerKnown();
                if (explicit) {
                    groups.plain(oldHeader, entry.header());
                }
                ops.add(new Op.Entry(
                        plan.parameters(),
                        explicit,
                        plan.extra(),
                        entry.signed(),
                        explicit ? oldHeader.map(BaseFile::source).orElse(Source.NONE) : Source.NONE));
                file(plan.content().orElseThrow(), plan.old(), depth + 1);
                ops.add(new Op.End());
            }
            case BYTES -> {
                bytes(zip.file().part(entry.offset(), entry.header().length), oldHeader);
                Region data = zip.file().part(entry.data(), zip.directory().stored(entry.index()));
                bytes(
                        data,
                        plan.old()
                                .map(old -> new BaseFile(
                                        old.stored(), false, old.stored().length())));
                long end = entry.data() + data.length();
                bytes(zip.file().part(end, entry.end() - end), Optional.empty());
                ops.add(new Op.Copy(0, 0, 0, 1));
            }
        }
    }
}
