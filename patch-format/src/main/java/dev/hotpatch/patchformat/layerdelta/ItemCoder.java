package dev.hotpatch.patchformat.layerdelta;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Codes the new content of one group, item by item, each told by what is known: its source and all that came before. The same on both ends; a
 * decoder has no content to give and gets it. For one thread.
 */
public final class ItemCoder {
    /** Finds stretches of new content in what is known; only an encoder has one. */
    public interface Finder {
        /** Content from {@code from} to {@code to} is known now. */
        void known(int from, int to);

        /**
         * How the content from {@code start} to {@code stop} can be told by content before {@code start}.
         *
         * @param likely where a stretch is likely to begin, or negative
         */
        ContentModel.Script find(int start, int stop, int likely);
    }

    private static final byte[] NOTHING = {};

    private final BitCoder coder;
    private final ContentModel model;
    private final NumberModel lengths = new NumberModel(2);
    private final int capacity;
    private final @Nullable Finder finder;

    private ItemCoder(BitCoder coder, ContentModel model, int capacity, @Nullable Finder finder) {
        this.coder = coder;
        this.model = model;
        this.capacity = capacity;
        this.finder = finder;
    }

    /**
     * A decoder.
     *
     * @param capacity bytes of sources and content together, at most
     */
    public static ItemCoder decoder(byte[] code, int capacity) {
        return new ItemCoder(new BitDecoder(code), new ContentModel(capacity), capacity, null);
    }

    /**
     * An encoder.
     *
     * @param finders makes a finder in the array that known content is kept in
     */
    public static ItemCoder encoder(BitEncoder encoder, int capacity, Function<byte[], Finder> finders) {
        ContentModel model = new ContentModel(capacity);
        return new ItemCoder(encoder, model, capacity, finders.apply(model.known()));
    }

    /** Makes content of the base known. */
    public void known(byte[] source) throws LayerDeltaException {
        append(source);
    }

    /**
     * Codes an item.
     *
     * @param source content of the base that it resembles, or nothing
     * @param item for an encoder
     * @throws LayerDeltaException if a decoder's code makes no sense
     */
    public byte[] plain(byte[] source, byte @Nullable [] item) throws LayerDeltaException {
        int length = difference(source.length, item == null ? 0 : item.length, 0);
        int likely = append(source);
        return content(item == null ? NOTHING : item, length, source.length == 0 ? -1 : likely);
    }

    /** Says whether an item can be told as a class file. */
    public static boolean isClass(byte[] source, byte[] item) {
        ClassForm form = ClassForm.of(item);
        if (form == null || ClassForm.of(source) == null) {
            return false;
        }
        ClassForm again = ClassForm.ofPool(form.pool());
        return again != null && Arrays.equals(again.start(), form.start());
    }

    /** As {@link #plain}, for a class file with a class file as source. */
    public byte[] classFile(byte[] source, byte @Nullable [] item) throws LayerDeltaException {
        ClassForm old = ClassForm.of(source);
        ClassForm given = item == null ? null : ClassForm.of(item);
        if (old == null || (item != null && given == null)) {
            throw new LayerDeltaException("layer delta: a class file is told by something else");
        }
        int poolLength = difference(old.restStart(), given == null ? 0 : given.restStart(), 1);
        int likely = append(old.pool());
        byte[] pool = content(given == null ? NOTHING : given.pool(), poolLength, likely);
        ClassForm form = ClassForm.ofPool(pool);
        if (form == null) {
            throw new LayerDeltaException("layer delta: a constant pool makes no sense");
        }
        byte[] adapted = old.adapted(form);
        byte[] given2 = item == null ? NOTHING : Arrays.copyOfRange(item, poolLength, item.length);
        int restLength = difference(adapted.length, given2.length, 0);
        likely = append(adapted);
        byte[] rest = content(given2, restLength, likely);
        byte[] whole = Arrays.copyOf(form.start(), poolLength + restLength);
        System.arraycopy(rest, 0, whole, poolLength, restLength);
        return whole;
    }

    /** As {@link #plain}, for the relative form of a zip's directory. */
    public byte[] directory(byte[] source, byte @Nullable [] item) throws LayerDeltaException {
        Directory old = Directory.parse(source);
        return plain(old == null ? source : old.relative(), item);
    }

    private int difference(int old, int value, int context) throws LayerDeltaException {
        int difference = value - old;
        int coded = lengths.code(coder, (difference << 1) ^ (difference >> 31), context);
        long length = (long) old + ((coded >>> 1) ^ -(coded & 1));
        if (length < 0 || length > capacity - model.end()) {
            throw new LayerDeltaException("layer delta: content of " + length + " bytes does not fit into its group");
        }
        return (int) length;
    }

    private int append(byte[] source) throws LayerDeltaException {
        int from = model.end();
        if (source.length > capacity - from) {
            throw new LayerDeltaException(
                    "layer delta: a source of " + source.length + " bytes does not fit into its group");
        }
        model.append(source, 0, source.length);
        if (finder != null) {
            finder.known(from, model.end());
        }
        return from;
    }

    private byte[] content(byte[] given, int length, int likely) throws LayerDeltaException {
        int start = model.end();
        if (length > capacity - start) {
            throw new LayerDeltaException("layer delta: content of " + length + " bytes does not fit into its group");
        }
        ContentModel.Script script = null;
        if (finder != null) {
            System.arraycopy(given, 0, model.known(), start, length);
            script = finder.find(start, start + length, likely);
        }
        try {
            model.code(coder, script, length, Math.max(likely, 0));
        } catch (IllegalArgumentException e) {
            throw new LayerDeltaException("layer delta: " + e.getMessage(), e);
        }
        return Arrays.copyOfRange(model.known(), start, start + length);
    }
}
