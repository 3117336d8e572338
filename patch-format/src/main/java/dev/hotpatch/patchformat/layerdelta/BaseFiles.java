package dev.hotpatch.patchformat.layerdelta;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The files of the base: its tars, and the inflated streams within them. Safe for several threads; closing frees the space of the latter. */
final class BaseFiles implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final List<BaseTar> tars;
    private final List<Op.Define> defined;
    private final List<FileChannel> inflated = new ArrayList<>();
    private final Path scratch;

    /**
     * Opens nothing yet.
     *
     * @param scratch a folder for temporary files
     */
    BaseFiles(List<? extends BaseTar> tars, List<Op.Define> defined, Path scratch) {
        this.tars = List.copyOf(tars);
        this.defined = List.copyOf(defined);
        this.scratch = scratch;
    }

    /** Reads bytes that must be there. */
    void read(int file, long offset, byte[] target, int length) throws IOException {
        tar(file).read(offset, target, length);
    }

    /** The content of a source. */
    byte[] read(Source source) throws IOException {
        byte[] stored = new byte[source.stored()];
        if (source.kind() == Source.Kind.NONE) {
            return stored;
        }
        read(source.file(), source.offset(), stored, stored.length);
        return source.kind() == Source.Kind.RAW ? stored : inflate(stored, source.length());
    }

    private static byte[] inflate(byte[] stored, int length) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            byte[] content = new byte[length];
            int done = 0;
            while (done < length) {
                int count = inflater.inflate(content, done, length - done);
                if (count == 0) {
                    throw otherStream(length);
                }
                done += count;
            }
            return content;
        } catch (DataFormatException e) {
            throw new LayerDeltaException("layer delta: a deflate stream of the base is damaged", e);
        } finally {
            inflater.end();
        }
    }

    private static LayerDeltaException otherStream(long length) {
        return new LayerDeltaException("layer delta: a deflate stream of the base does not inflate to " + length
                + " bytes; is this delta for another base?");
    }

    private synchronized BaseTar tar(int file) throws IOException {
        if (file < tars.size()) {
            return tars.get(file);
        }
        while (inflated.size() <= file - tars.size()) {
            inflated.add(inflate(defined.get(inflated.size())));
        }
        return BaseTar.of(inflated.get(file - tars.size()));
    }

    private FileChannel inflate(Op.Define define) throws IOException {
        Path path = Files.createTempFile(scratch, "hotpatch", ".base");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        Inflater inflater = new Inflater(true);
        try {
            BaseTar parent = tar(define.parent());
            byte[] stored = new byte[BUFFER];
            byte[] content = new byte[BUFFER];
            long read = 0;
            long written = 0;
            while (written < define.length()) {
                if (inflater.needsInput()) {
                    int count = (int) Math.min(stored.length, define.stored() - read);
                    if (count == 0) {
                        throw otherStream(define.length());
                    }
                    parent.read(define.offset() + read, stored, count);
                    inflater.setInput(stored, 0, count);
                    read += count;
                }
                int count = inflater.inflate(content, 0, (int) Math.min(content.length, define.length() - written));
                if (count == 0 && (inflater.finished() || inflater.needsDictionary())) {
                    throw otherStream(define.length());
                }
                ByteBuffer bytes = ByteBuffer.wrap(content, 0, count);
                while (bytes.hasRemaining()) {
                    written += channel.write(bytes, written);
                }
            }
            return channel;
        } catch (DataFormatException e) {
            channel.close();
            throw new LayerDeltaException("layer delta: a deflate stream of the base is damaged", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            inflater.end();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (FileChannel channel : inflated) {
            channel.close();
        }
    }
}
