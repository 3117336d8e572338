package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateFinder;
import dev.hotpatch.patchformat.deflate.DeflateParameters;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What becomes of an entry of a zip.
 *
 * @param old what it is told by
 * @param content of an entry that is made, inflated
 * @param parameters of an entry that is made and deflated
 * @param headerKnown whether its header can be made from the directory
 * @param extra whether that has the directory's extra field
 * @param oldHeader of the entry that it is paired with
 */
record EntryPlan(
        ZipLayout.Entry entry,
        Kind kind,
        Optional<BaseFile> old,
        Optional<Region> content,
        Optional<DeflateParameters> parameters,
        boolean headerKnown,
        boolean extra,
        Optional<BaseFile> oldHeader) {
    enum Kind {
        /** The base has header, content and descriptor just so. */
        COPY,
        /** The base has its stored bytes. */
        COPY_STORED,
        /** Its content is new and its stored bytes can be made from it. */
        MAKE,
        /** Told as bytes. */
        BYTES
    }

    boolean isDerived() {
        return kind == Kind.MAKE;
    }

    static EntryPlan of(
            ZipLayout zip,
            ZipLayout.Entry entry,
            Optional<BaseIndex.Zip> oldZip,
            Optional<ZipLayout.Entry> pairedEntry,
            BaseIndex base,
            Scratch scratch,
            DeflateFinder finder)
            throws IOException {
        boolean extra = Arrays.equals(entry.header(), zip.directory().header(entry.index(), true));
        boolean known = entry.plain()
                && (extra || Arrays.equals(entry.header(), zip.directory().header(entry.index(), false)));
        Optional<BaseFile> paired = pairedEntry.map(it -> oldZip.orElseThrow().file(it));
        Optional<BaseFile> header = pairedEntry.map(it -> {
            Region region = oldZip.orElseThrow().layout().file().part(it.offset(), it.header().length);
            return new BaseFile(region, false, region.length());
        });
        Region whole = zip.file().part(entry.offset(), entry.end() - entry.offset());
        if (pairedEntry.isPresent()) {
            ZipLayout.Entry it = pairedEntry.get();
            Region oldWhole = oldZip.orElseThrow().layout().file().part(it.offset(), it.end() - it.offset());
            if (whole.sameAs(oldWhole)) {
                Optional<BaseFile> same = Optional.of(new BaseFile(oldWhole, false, oldWhole.length()));
                return new EntryPlan(entry, Kind.COPY, same, Optional.empty(), Optional.empty(), known, extra, header);
            }
        }
        Region stored = zip.stored(entry);
        long length = zip.directory().length(entry.index());
        Optional<BaseFile> same = paired.filter(it -> it.length() == length);
        if (same.isEmpty() || !same.get().stored().sameAs(stored)) {
            same = base.sameContent(zip.directory().checksum(entry.index()), length);
        }
        if (entry.plain() && known && same.isPresent() && same.get().stored().sameAs(stored)) {
            return new EntryPlan(
                    entry, Kind.COPY_STORED, same, Optional.empty(), Optional.empty(), true, extra, header);
        }
        Optional<BaseFile> old = same.isPresent() ? same : paired;
        int method = zip.directory().method(entry.index());
        if (entry.plain() && method == 0) {
            return new EntryPlan(entry, Kind.MAKE, old, Optional.of(stored), Optional.empty(), known, extra, header);
        }
        if (entry.plain() && method == 8) {
            Region content = scratch.inflate(stored);
            Optional<DeflateParameters> parameters =
                    content.length() == length ? finder.find(content::open, stored::open) : Optional.empty();
            if (parameters.isPresent()) {
                return new EntryPlan(entry, Kind.MAKE, old, Optional.of(content), parameters, known, extra, header);
            }
        }
        return new EntryPlan(entry, Kind.BYTES, old, Optional.empty(), Optional.empty(), known, extra, header);
    }
}
