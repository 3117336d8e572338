package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import java.util.Optional;

/** One step of rebuilding a tar. Steps that begin something are closed by {@link End}; what lies between goes into it. */
public sealed interface Op {
    /** How new content is told. */
    enum Form {
        PLAIN,
        /** As a class file, after a class file of the base. */
        CLASS
    }

    /** Bytes of a file of the base. In a zip they hold {@code entries} whole entries. */
    record Copy(int file, long offset, long length, int entries) implements Op {}

    /** New content. */
    record Content(Form form, Source source) implements Op {}

    /** Content of the base that later content is likely to resemble. */
    record Known(Source source) implements Op {}

    /**
     * Starts anew: content after it is told without any before it.
     *
     * @param capacity how many bytes the content of the base and the new content after it have together
     */
    record Group(int capacity) implements Op {}

    /** Deflates all up to its end. */
    record Deflate(DeflateParameters parameters) implements Op {}

    /** A zip, whose directory is the content that comes first and is written at the end. */
    record Zip(Source directory) implements Op {}

    /**
     * An entry of the zip around it, as the next record of the directory says, whose checksum and sizes follow from what is up to its end.
     *
     * @param parameters how it is deflated; stored if absent
     * @param header whether its header is content, rather than made from the directory
     * @param extra whether the header has the same extra field as the directory
     * @param signed whether a descriptor that follows it has a signature
     */
    record Entry(
            Optional<DeflateParameters> parameters, boolean header, boolean extra, boolean signed, Source headerSource)
            implements Op {}

    /** An entry, as the next record of the directory says, whose stored bytes are the base's. */
    record EntryCopy(int file, long offset, boolean extra, boolean signed) implements Op {}

    /** Ends what began last. */
    record End() implements Op {}

    /** Makes a deflate stream of the base a file of the base: the next number. */
    record Define(int parent, long offset, long stored, long length) implements Op {}
}
