package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Takes the steps of a delta one after the other and writes what comes of them. For one thread, once. */
final class TarAssembly {
    private static final int MAX_DEPTH = 16;
    private static final int BUFFER = 64 * 1024;

    /** What was begun and has not ended. */
    private interface Frame {
        /** Where content within it goes. */
        MeasuredStream out();

        void end() throws IOException;

        default void close() throws IOException {}
    }

    private final List<Op> ops;
    private final BaseFiles files;
    private final NewContent content;
    private final Path scratch;
    private final OutputStream target;
    private final boolean platform;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final byte[] buffer = new byte[BUFFER];
    private long limit;

    /** @param platform whether the platform's zlib may deflate */
    TarAssembly(
            List<Op> ops, BaseFiles files, NewContent content, Path scratch, OutputStream target, boolean platform) {
        this.ops = ops;
        this.files = files;
        this.content = content;
        this.scratch = scratch;
        this.target = target;
        this.platform = platform;
    }

    /**
     * Runs all steps.
     *
     * @param size bytes that come of them
     */
    void run(long size) throws IOException {
        // What is deflated on its way is rarely ten times as large; this only keeps a hostile delta from running for
        // ever.
        limit = Math.max(1L << 30, size * 100);
        MeasuredStream root = new MeasuredStream(target, size, "the tar");
        frames.push(new Frame() {
            @Override
            public MeasuredStream out() {
                return root;
            }

            @Override
            public void end() throws IOException {
                throw new LayerDeltaException("layer delta: something ends that was not begun");
            }
        });
        try {
            for (Op op : ops) {
                run(op);
            }
            if (frames.size() != 1) {
                throw new LayerDeltaException("layer delta: something that was begun does not end");
            }
        } finally {
            for (Frame frame : frames) {
                frame.close();
            }
        }
    }

    private Frame top() {
        return frames.getFirst();
    }

    private void run(Op op) throws IOException {
        if (op instanceof Op.Copy copy) {
            copy(copy.file(), copy.offset(), copy.length(), top().out());
            if (copy.entries() > 0) {
                zip().skip(copy.entries());
            }
        } else if (op instanceof Op.Content) {
            top().out().write(content.take());
        } else if (op instanceof Op.Deflate deflate) {
            push(new DeflateFrame(top().out(), deflate.parameters()));
        } else if (op instanceof Op.Zip) {
            push(new ZipFrame(top().out(), content.take()));
        } else if (op instanceof Op.Entry entry) {
            byte[] header = entry.header() ? content.take() : null;
            push(new EntryFrame(zip(), entry, Optional.ofNullable(header)));
        } else if (op instanceof Op.EntryCopy copy) {
            zip().copy(copy);
        } else if (op instanceof Op.End) {
            top().end();
            top().close();
            frames.pop();
        }
    }

    private void push(Frame frame) throws IOException {
        frames.push(frame);
        if (frames.size() > MAX_DEPTH) {
            throw new LayerDeltaException("layer delta: things are begun more than " + MAX_DEPTH + " deep");
        }
    }

    private ZipFrame zip() throws LayerDeltaException {
        if (top() instanceof ZipFrame zip) {
            return zip;
        }
        throw new LayerDeltaException("layer delta: an entry outside of a zip");
    }

    private void copy(int file, long offset, long length, OutputStream out) throws IOException {
        long done = 0;
        while (done < length) {
            int count = (int) Math.min(BUFFER, length - done);
            files.read(file, offset + done, buffer, count);
            out.write(buffer, 0, count);
            done += count;
        }
    }

    private final class DeflateFrame implements Frame {
        private final DeflateEncoder encoder;
        private final MeasuredStream out;

        DeflateFrame(MeasuredStream parent, DeflateParameters parameters) {
            this.encoder = parameters.open(parent, platform);
            this.out = new MeasuredStream(new EncoderStream(encoder), limit, "a deflate stream");
        }

        @Override
        public MeasuredStream out() {
            return out;
        }

        @Override
        public void end() throws IOException {
            encoder.finish();
        }
    }

    private final class ZipFrame implements Frame {
        private final MeasuredStream out;
        private final Directory directory;
        private int next;

        ZipFrame(MeasuredStream parent, byte[] bytes) throws LayerDeltaException {
            this.out = parent;
            Directory parsed = Directory.parse(bytes);
            if (parsed == null) {
                throw new LayerDeltaException("layer delta: a zip's directory makes no sense");
            }
            this.directory = parsed;
        }

        int next() throws LayerDeltaException {
            if (next >= directory.size()) {
                throw new LayerDeltaException("layer delta: a zip has more entries than its directory");
            }
            return next++;
        }

        void skip(int entries) {
            next = (int) Math.min(directory.size(), (long) next + entries);
        }

        void copy(Op.EntryCopy copy) throws IOException {
            int entry = next();
            out.write(directory.header(entry, copy.extra()));
            TarAssembly.this.copy(copy.file(), copy.offset(), directory.stored(entry), out);
            if (directory.hasDescriptor(entry)) {
                out.write(directory.descriptor(entry, copy.signed()));
            }
        }

        @Override
        public MeasuredStream out() {
            return out;
        }

        @Override
        public void end() throws IOException {
            directory.makeAbsolute();
            out.write(directory.bytes());
        }
    }

    private final class EntryFrame implements Frame {
        private final ZipFrame zip;
        private final Op.Entry op;
        private final int entry;
        private final Optional<byte[]> header;
        private final Optional<HeldStream> held;
        private final MeasuredStream stored;
        private final Optional<DeflateEncoder> encoder;
        private final MeasuredStream out;

        EntryFrame(ZipFrame zip, Op.Entry op, Optional<byte[]> header) throws IOException {
            this.zip = zip;
            this.op = op;
            this.entry = zip.next();
            this.header = header;
            boolean behind = zip.directory.hasDescriptor(entry);
            if (behind) {
                zip.out.write(header.isPresent() ? header.get() : zip.directory.header(entry, op.extra()));
            }
            this.held = behind ? Optional.empty() : Optional.of(new HeldStream(scratch));
            this.stored = new MeasuredStream(behind ? zip.out : held.orElseThrow(), limit, "an entry");
            this.encoder = op.parameters().map(parameters -> parameters.open(stored, platform));
            this.out = encoder.isPresent()
                    ? new MeasuredStream(new EncoderStream(encoder.get()), limit, "an entry")
                    : stored;
        }

        @Override
        public MeasuredStream out() {
            return out;
        }

        @Override
        public void end() throws IOException {
            if (encoder.isPresent()) {
                encoder.get().finish();
            }
            Directory directory = zip.directory;
            directory.add(entry, out.checksum(), stored.count(), out.count());
            if (held.isPresent()) {
                byte[] made = directory.header(entry, op.extra());
                if (header.isPresent()) {
                    byte[] given = header.get().clone();
                    if (given.length < Directory.LOCAL) {
                        throw new LayerDeltaException("layer delta: an entry's header is too short");
                    }
                    System.arraycopy(made, 14, given, 14, 12);
                    made = given;
                }
                zip.out.write(made);
                held.get().release(zip.out);
            } else {
                zip.out.write(directory.descriptor(entry, op.signed()));
            }
        }

        @Override
        public void close() throws IOException {
            if (held.isPresent()) {
                held.get().close();
            }
        }
    }

    private static final class EncoderStream extends OutputStream {
        private final DeflateEncoder encoder;

        EncoderStream(DeflateEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public void write(int value) throws IOException {
            encoder.write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            encoder.write(bytes, offset, length);
        }
    }
}
