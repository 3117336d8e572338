package dev.hotpatch.registryclient.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Content that can be read more than once, from any offset: an upload may have to go on from the middle. */
@FunctionalInterface
public interface BlobSource {
    /** The content from {@code offset} to its end. The receiver closes it. */
    InputStream open(long offset) throws IOException;

    static BlobSource of(byte[] bytes) {
        return offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    static BlobSource of(Path file) {
        return offset -> {
            InputStream in = Files.newInputStream(file);
            try {
                in.skipNBytes(offset);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        };
    }
}
