package dev.hotpatch.patchformat.deflate;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import dev.hotpatch.patchformat.deflate.encoder.StoredEncoder;
import dev.hotpatch.patchformat.deflate.zlib.Strategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds which encoder made a deflate stream, by making it again: with each encoder in turn, at first from the beginning of the content
 * only, until a byte differs. May be used by many threads.
 */
public final class DeflateFinder {
    /** Enough for several blocks, after which different settings have hardly ever made the same bytes. */
    private static final int PREFIX = 256 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final int[] LEVELS = {6, 9, 1, 4, 2, 3, 5, 7, 8};

    private final List<DeflateParameters> candidates;

    /** A finder that tries these encoders in this order. */
    public DeflateFinder(List<DeflateParameters> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    /** All levels of zlib and Go, pgzip, and the strategies of zlib that are in use; what made most archives comes first. */
    public static DeflateFinder forArchives() {
        List<DeflateParameters> candidates = zlib();
        candidates.addAll(go());
        candidates.add(DeflateParameters.pgzip());
        candidates.addAll(rare());
        return new DeflateFinder(candidates);
    }

    /** All that {@link #forArchives()} tries; what made most layers of images comes first. */
    public static DeflateFinder forLayers() {
        List<DeflateParameters> candidates = new ArrayList<>();
        candidates.add(DeflateParameters.go(6));
        candidates.add(DeflateParameters.zlib(6));
        candidates.add(DeflateParameters.pgzip());
        candidates.add(DeflateParameters.go(1));
        for (DeflateParameters other : forArchives().candidates) {
            if (!candidates.contains(other)) {
                candidates.add(other);
            }
        }
        return new DeflateFinder(candidates);
    }

    private static List<DeflateParameters> zlib() {
        List<DeflateParameters> candidates = new ArrayList<>();
        for (int level : LEVELS) {
            candidates.add(DeflateParameters.zlib(level));
        }
        return candidates;
    }

    private static List<DeflateParameters> go() {
        List<DeflateParameters> candidates = new ArrayList<>();
        for (int level : LEVELS) {
            candidates.add(DeflateParameters.go(level));
        }
        candidates.add(DeflateParameters.go(0));
        candidates.add(DeflateParameters.go(-2));
        return candidates;
    }

    /** Settings of zlib that programs use now and then: memory level 9, filtered as in images, one strategy without levels. */
    private static List<DeflateParameters> rare() {
        List<DeflateParameters> candidates = new ArrayList<>();
        for (int level : new int[] {9, 6}) {
            candidates.add(zlib(level, Strategy.DEFAULT, 9));
            candidates.add(zlib(level, Strategy.FILTERED, DeflateParameters.DEFAULT_MEMORY_LEVEL));
        }
        candidates.add(zlib(6, Strategy.HUFFMAN, DeflateParameters.DEFAULT_MEMORY_LEVEL));
        candidates.add(zlib(6, Strategy.RLE, DeflateParameters.DEFAULT_MEMORY_LEVEL));
        candidates.add(zlib(6, Strategy.FIXED, DeflateParameters.DEFAULT_MEMORY_LEVEL));
        return candidates;
    }

    private static DeflateParameters zlib(int level, Strategy strategy, int memoryLevel) {
        return new DeflateParameters(DeflateParameters.Family.ZLIB, level, strategy, memoryLevel);
    }

    /**
     * The first encoder that makes {@code stream} from {@code content}, bit for bit, or none. Needs memory for the encoder and the first
     * 256 KiB of both, whatever their size; reads each once for every encoder that makes the same beginning.
     *
     * @param content what is to be deflated
     * @param stream the raw deflate stream, without any frame
     * @throws IOException from either source
     */
    public Optional<DeflateParameters> find(ByteSource content, ByteSource stream) throws IOException {
        return find(content, stream, true);
    }

    /**
     * The first encoder that makes the first 256 KiB of {@code stream}, which is hardly ever another one than {@link #find} gives, in a fraction of its
     * time: for those who compare the rest themselves.
     *
     * @throws IOException from either source
     */
    public Optional<DeflateParameters> guess(ByteSource content, ByteSource stream) throws IOException {
        return find(content, stream, false);
    }

    private Optional<DeflateParameters> find(ByteSource content, ByteSource stream, boolean all) throws IOException {
        byte[] contentStart = start(content, PREFIX + 1);
        boolean whole = contentStart.length <= PREFIX;
        // Deflate makes nothing larger by more than a few bytes a block.
        byte[] streamStart = start(stream, contentStart.length + contentStart.length / 8 + 1024);
        List<DeflateParameters> tried = new ArrayList<>(candidates);
        tried.addAll(firstBlockStored(streamStart));
        for (DeflateParameters candidate : tried) {
            boolean same = whole
                    ? makes(
                            candidate,
                            () -> new ByteArrayInputStream(contentStart),
                            () -> new ByteArrayInputStream(streamStart))
                    : begins(candidate, contentStart, streamStart) && (!all || makes(candidate, content, stream));
            if (same) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** If the first block is stored, the others may be of the same size. */
    private static List<DeflateParameters> firstBlockStored(byte[] stream) {
        if (stream.length < 5 || (stream[0] & 6) != 0) {
            return List.of();
        }
        boolean last = (stream[0] & 1) != 0;
        int length = (stream[1] & 0xff) | (stream[2] & 0xff) << Byte.SIZE;
        return last
                ? List.of(DeflateParameters.stored(StoredEncoder.MAX_BLOCK))
                : length > 0 ? List.of(DeflateParameters.stored(length)) : List.of();
    }

    private static byte[] start(ByteSource source, int length) throws IOException {
        try (InputStream in = source.open()) {
            return in.readNBytes(length);
        }
    }

    private static boolean begins(DeflateParameters candidate, byte[] content, byte[] stream) throws IOException {
        ExpectedOutput output = new ExpectedOutput(new ByteArrayInputStream(stream), true);
        try {
            candidate.open(output).write(content, 0, content.length);
            return true;
        } catch (ExpectedOutput.Mismatch e) {
            return false;
        }
    }

    /** Whether this encoder makes {@code stream} from {@code content}, bit for bit. Throws what {@link #find} does. */
    public static boolean makes(DeflateParameters parameters, ByteSource content, ByteSource stream)
            throws IOException {
        try (InputStream expected = stream.open();
                InputStream in = content.open()) {
            ExpectedOutput output = new ExpectedOutput(expected, false);
            DeflateEncoder encoder = parameters.open(output);
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                encoder.write(buffer, 0, read);
            }
            encoder.finish();
            return output.complete();
        } catch (ExpectedOutput.Mismatch e) {
            return false;
        }
    }
}
