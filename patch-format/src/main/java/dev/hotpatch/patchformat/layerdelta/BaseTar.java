package dev.hotpatch.patchformat.layerdelta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The uncompressed tar of a layer of the base. Safe for several threads. */
@FunctionalInterface
public interface BaseTar {
    /**
     * Reads bytes that must be there.
     *
     * @param target gets them from its start
     * @throws LayerDeltaException if the tar ends before
     */
    void read(long offset, byte[] target, int length) throws IOException;

    /** All of a file, which stays open. */
    static BaseTar of(FileChannel file) {
        return (offset, target, length) -> {
            ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
            while (buffer.hasRemaining()) {
                if (file.read(buffer, offset + buffer.position()) < 0) {
                    throw new LayerDeltaException("layer delta: a file of the base ends before byte "
                            + (offset + length) + "; is this delta for another base?");
                }
            }
        };
    }
}
