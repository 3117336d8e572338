package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.layerdelta.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A file or an entry of the base.
 *
 * @param stored its bytes as they lie there
 * @param deflated whether these are a raw deflate stream
 * @param length in bytes, inflated
 */
record BaseFile(Region stored, boolean deflated, long length) {
    static final long MAX_SOURCE = 16 << 20;

    /** Nothing. */
    static final byte[] NOTHING = {};

    boolean isSource() {
        return stored.length() <= MAX_SOURCE && length <= MAX_SOURCE;
    }

    Source source() {
        return deflated
                ? new Source(
                        Source.Kind.INFLATED, stored.number(), stored.offset(), (int) stored.length(), (int) length)
                : Source.raw(stored.number(), stored.offset(), (int) length);
    }

    byte[] content() throws IOException {
        if (!deflated) {
            return stored.read();
        }
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(stored.read()), inflater)) {
            return in.readNBytes((int) length);
        } finally {
            inflater.end();
        }
    }
}
