package dev.hotpatch.patchformat.layerdelta;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps what is written until something that comes before it is known; much of it in a temporary file. For one thread. */
final class HeldStream extends OutputStream {
    private static final int IN_MEMORY = 8 << 20;

    private final Path scratch;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;

    HeldStream(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (file == null && memory.size() + length > IN_MEMORY) {
            Path path = Files.createTempFile(scratch, "hotpatch", ".held");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        if (file == null) {
            memory.write(bytes, offset, length);
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    /** Writes all that was kept. */
    void release(OutputStream out) throws IOException {
        memory.writeTo(out);
        if (file == null) {
            return;
        }
        file.position(0);
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (file.read(buffer) >= 0) {
            out.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
