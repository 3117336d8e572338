package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of a layer delta as bytes. Offsets are told from where the last use of the same file ended. */
final class Recipe {
    /** Bytes of a content item, and of the content of the base that it is told by. */
    static final int MAX_ITEM = 32 << 20;

    /** Bytes that are known at a time. */
    static final int MAX_CAPACITY = 128 << 20;

    private static final long MAX_FILE = 1L << 40;
    private static final int MAX_FILES = 1 << 16;
    private static final int MAX_OPS = 8 << 20;
    private static final int MAX_PARAMETERS = 64;

    private static final int NO_SOURCE = 0;
    private static final int RAW = 1;
    private static final int INFLATED = 2;

    private static final int END = 0;
    private static final int COPY = 1;
    private static final int CONTENT = 2;
    private static final int CLASS = 3;
    private static final int KNOWN = 5;
    private static final int GROUP = 6;
    private static final int DEFLATE = 7;
    private static final int ZIP = 8;
    private static final int DEFINE = 9;
    private static final int ENTRY_COPY = 16;
    private static final int ENTRY = 32;

    private Recipe() {}

    static byte[] write(List<Op> ops) {
        return new Writer().write(ops);
    }

    /**
     * Reads the steps.
     *
     * @param bases number of files of the base to begin with
     */
    static List<Op> read(byte[] bytes, int bases) throws LayerDeltaException {
        return new Reader(new Operands(bytes), bases).read();
    }

    private static final class Writer {
        private final OperandWriter out = new OperandWriter();
        private final Map<Integer, Long> ends = new HashMap<>();
        private final List<DeflateParameters> parameters = new ArrayList<>();

        byte[] write(List<Op> ops) {
            for (Op op : ops) {
                write(op);
            }
            return out.bytes();
        }

        private void write(Op op) {
            if (op instanceof Op.Copy copy) {
                out.octet(COPY);
                place(copy.file(), copy.offset(), copy.length());
                out.number(copy.length()).number(copy.entries());
            } else if (op instanceof Op.Content content) {
                out.octet(content.form() == Op.Form.CLASS ? CLASS : CONTENT);
                source(content.source());
            } else if (op instanceof Op.Known known) {
                out.octet(KNOWN);
                source(known.source());
            } else if (op instanceof Op.Group group) {
                out.octet(GROUP).number(group.capacity());
            } else if (op instanceof Op.Deflate deflate) {
                out.octet(DEFLATE);
                parameters(deflate.parameters());
            } else if (op instanceof Op.Zip zip) {
                out.octet(ZIP);
                source(zip.directory());
            } else if (op instanceof Op.Entry entry) {
                out.octet(ENTRY
                        + (entry.header() ? 1 : 0)
                        + (entry.extra() ? 2 : 0)
                        + (entry.signed() ? 4 : 0)
                        + (entry.parameters().isPresent() ? 8 : 0));
                entry.parameters().ifPresent(this::parameters);
                if (entry.header()) {
                    source(entry.headerSource());
                }
            } else if (op instanceof Op.EntryCopy copy) {
                out.octet(ENTRY_COPY + (copy.extra() ? 2 : 0) + (copy.signed() ? 4 : 0));
                place(copy.file(), copy.offset(), 0);
            } else if (op instanceof Op.Define define) {
                out.octet(DEFINE);
                place(define.parent(), define.offset(), define.stored());
                out.number(define.stored()).number(define.length());
            } else {
                out.octet(END);
            }
        }

        private void place(int file, long offset, long length) {
            out.number(file).signed(offset - ends.getOrDefault(file, 0L));
            ends.put(file, offset + length);
        }

        private void source(Source source) {
            out.octet(kind(source.kind()));
            if (source.kind() == Source.Kind.NONE) {
                return;
            }
            place(source.file(), source.offset(), source.stored());
            out.number(source.stored());
            if (source.kind() == Source.Kind.INFLATED) {
                out.number(source.length());
            }
        }

        private static int kind(Source.Kind kind) {
            return switch (kind) {
                case NONE -> NO_SOURCE;
                case RAW -> RAW;
                case INFLATED -> INFLATED;
            };
        }

        private void parameters(DeflateParameters wanted) {
            int index = parameters.indexOf(wanted);
            out.number(index + 1);
            if (index < 0) {
                parameters.add(wanted);
                byte[] text = wanted.toString().getBytes(StandardCharsets.US_ASCII);
                out.number(text.length).raw(text);
            }
        }
    }

    private static final class Reader {
        private final Operands in;
        private final Map<Integer, Long> ends = new HashMap<>();
        private final List<DeflateParameters> parameters = new ArrayList<>();
        private int files;

        Reader(Operands in, int bases) {
            this.in = in;
            this.files = bases;
        }

        List<Op> read() throws LayerDeltaException {
            List<Op> ops = new ArrayList<>();
            while (in.more()) {
                if (ops.size() == MAX_OPS) {
                    throw new LayerDeltaException("layer delta: more than " + MAX_OPS + " steps");
                }
                ops.add(op(in.octet("a step")));
            }
            return ops;
        }

        private Op op(int code) throws LayerDeltaException {
            return switch (code) {
                case END -> new Op.End();
                case COPY -> {
                    Place place = place();
                    long length = in.number("length of a copy", MAX_FILE);
                    ends.merge(place.file, length, Long::sum);
                    yield new Op.Copy(place.file, place.offset, length, (int) in.number("entries of a copy", 1 << 24));
                }
                case CONTENT -> new Op.Content(Op.Form.PLAIN, source());
                case CLASS -> new Op.Content(Op.Form.CLASS, source());
                case KNOWN -> new Op.Known(source());
                case GROUP -> new Op.Group((int) in.number("capacity of a group", MAX_CAPACITY));
                case DEFLATE -> new Op.Deflate(parameters());
                case ZIP -> new Op.Zip(source());
                case DEFINE -> {
                    Place place = place();
                    long stored = in.number("length of a stream", MAX_FILE);
                    ends.merge(place.file, stored, Long::sum);
                    long length = in.number("inflated length of a stream", MAX_FILE);
                    if (++files > MAX_FILES) {
                        throw new LayerDeltaException("layer delta: more than " + MAX_FILES + " files of the base");
                    }
                    yield new Op.Define(place.file, place.offset, stored, length);
                }
                default -> entry(code);
            };
        }

        private Op entry(int code) throws LayerDeltaException {
            boolean extra = (code & 2) != 0;
            boolean signed = (code & 4) != 0;
            if ((code & ~6) == ENTRY_COPY) {
                Place place = place();
                return new Op.EntryCopy(place.file, place.offset, extra, signed);
            }
            if ((code & ~15) == ENTRY) {
                Optional<DeflateParameters> how = (code & 8) != 0 ? Optional.of(parameters()) : Optional.empty();
                boolean header = (code & 1) != 0;
                return new Op.Entry(how, header, extra, signed, header ? source() : Source.NONE);
            }
            throw new LayerDeltaException("layer delta: no step has the code " + code);
        }

        private record Place(int file, long offset) {}

        private Place place() throws LayerDeltaException {
            int file = (int) in.number("number of a file of the base", files - 1L);
            long offset = ends.getOrDefault(file, 0L) + in.signed("an offset", MAX_FILE);
            if (offset < 0 || offset > MAX_FILE) {
                throw new LayerDeltaException("layer delta: the offset " + offset + " is outside of any file");
            }
            ends.put(file, offset);
            return new Place(file, offset);
        }

        private Source source() throws LayerDeltaException {
            int kind = in.octet("kind of a source");
            if (kind == NO_SOURCE) {
                return Source.NONE;
            }
            if (kind > INFLATED) {
                throw new LayerDeltaException("layer delta: no source has the kind " + kind);
            }
            Place place = place();
            int stored = (int) in.number("length of a source", MAX_ITEM);
            ends.merge(place.file, (long) stored, Long::sum);
            return kind == RAW
                    ? Source.raw(place.file, place.offset, stored)
                    : new Source(Source.Kind.INFLATED, place.file, place.offset, stored, (int)
                            in.number("inflated length of a source", MAX_ITEM));
        }

        private DeflateParameters parameters() throws LayerDeltaException {
            int index = (int) in.number("number of an encoder", parameters.size());
            if (index > 0) {
                return parameters.get(index - 1);
            }
            if (parameters.size() == MAX_PARAMETERS) {
                throw new LayerDeltaException("layer delta: more than " + MAX_PARAMETERS + " encoders");
            }
            int length = (int) in.number("length of an encoder's name", 64);
            try {
                DeflateParameters named = DeflateParameters.parse(
                        new String(in.raw("an encoder's name", length), StandardCharsets.US_ASCII));
                parameters.add(named);
                return named;
            } catch (IllegalArgumentException e) {
                throw new LayerDeltaException("layer delta: " + e.getMessage(), e);
            }
        }
    }
}
