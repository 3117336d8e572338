package dev.hotpatch.patchformat.deflate.golang;

import java.io.IOException;

/** Cuts content into blocks of 65535 bytes: levels 0 (stored), 1 (best speed) and -2 (no matches). */
final class BlockCompressor implements Compressor {
    /** Writes one block. */
    interface Form {
        void write(byte[] bytes, int length, boolean cut) throws IOException;
    }

    private final Form form;
    private final byte[] bytes = new byte[Blocks.MAX_STORED];
    private int end;

    BlockCompressor(Form form) {
        this.form = form;
    }

    @Override
    public int fill(byte[] from, int offset, int length) throws IOException {
        if (end == bytes.length) {
            form.write(bytes, end, false);
            end = 0;
        }
        int taken = Math.min(length, bytes.length - end);
        System.arraycopy(from, offset, bytes, end, taken);
        end += taken;
        return taken;
    }

    @Override
    public void cut() throws IOException {
        if (end > 0) {
            form.write(bytes, end, true);
            end = 0;
        }
    }
}
