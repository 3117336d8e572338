package dev.hotpatch.nodeagent.mirror;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Content that was asked for. Whoever gets it closes it.
 *
 * @param mediaType as registries give it
 * @param size in bytes
 * @param body at its start; skipping is cheap
 * @param isRebuilt whether it is a layer, and not something that was fetched as it is
 */
record Answer(String mediaType, long size, InputStream body, boolean isRebuilt) implements AutoCloseable {
    private static final String BLOB = "application/octet-stream";

    static Answer bytes(String mediaType, byte[] bytes) {
        return new Answer(mediaType, bytes.length, new ByteArrayInputStream(bytes), false);
    }

    static Answer blob(byte[] bytes) {
        return bytes(BLOB, bytes);
    }

    /** A layer in a file, which may lose its name while it is read. */
    static Answer layer(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Answer(BLOB, channel.size(), Channels.newInputStream(channel), true);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
