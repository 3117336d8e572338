package dev.hotpatch.differ.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The record that ends every zip (APPNOTE 4.3.16): what has none is not a zip at all. */
final class EndRecord {
    private static final int SIZE = 22;
    private static final int MAX_COMMENT = 65_535;

    private EndRecord() {}

    static boolean isIn(SeekableByteChannel channel) throws IOException {
        int length = (int) Math.min(channel.size(), SIZE + MAX_COMMENT);
        ByteBuffer tail = ByteBuffer.allocate(length);
        channel.position(channel.size() - length);
        while (tail.hasRemaining() && channel.read(tail) >= 0) {
            // until all is there
        }
        channel.position(0);
        byte[] bytes = tail.array();
        for (int i = length - SIZE; i >= 0; i--) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 5 && bytes[i + 3] == 6) {
                return true;
            }
        }
        return false;
    }
}
