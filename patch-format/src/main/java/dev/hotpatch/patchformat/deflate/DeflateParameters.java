package dev.hotpatch.patchformat.deflate;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import dev.hotpatch.patchformat.deflate.encoder.StoredEncoder;
import dev.hotpatch.patchformat.deflate.golang.GoEncoder;
import dev.hotpatch.patchformat.deflate.golang.PgzipEncoder;
import dev.hotpatch.patchformat.deflate.zlib.PlatformEncoder;
import dev.hotpatch.patchformat.deflate.zlib.Strategy;
import dev.hotpatch.patchformat.deflate.zlib.ZlibEncoder;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which encoder makes a deflate stream, and how it is set. The text form is {@code go/6} or {@code zlib/6}, where a strategy or a memory
 * level other than the default follow as in {@code zlib/6/filtered/9}, or {@code stored/32768}.
 *
 * @param family whose encoder it is
 * @param level zlib: 1 to 9; Go: -2 (no matches) and 0 (stored) to 9; pgzip: 5; stored: the bytes of a block, 1 to 65535
 * @param strategy of zlib; {@link Strategy#DEFAULT} for others
 * @param memoryLevel of zlib, 1 to 9; {@link #DEFAULT_MEMORY_LEVEL} for others
 */
public record DeflateParameters(Family family, int level, Strategy strategy, int memoryLevel) {
    /** What zlib and the JDK use if not told otherwise. */
    public static final int DEFAULT_MEMORY_LEVEL = 8;

    private static final int PGZIP_LEVEL = 5;

    /** Encoders of the same kind. */
    public enum Family {
        /** zlib, also as it comes with the JDK and Python: most archives. */
        ZLIB,
        /** Go's standard library up to Go 1.26: most layers of images. */
        GO,
        /** klauspost's pgzip at its usual settings: layers of buildah, podman and skopeo. */
        PGZIP,
        /** Blocks of one size as they are: zlib's level 0, where it is written to in pieces. */
        STORED
    }

    /** @throws IllegalArgumentException if the encoder cannot be set so */
    public DeflateParameters {
        boolean known = switch (family) {
            case ZLIB -> level >= 1 && level <= 9 && memoryLevel >= 1 && memoryLevel <= 9;
            case GO -> (level == GoEncoder.HUFFMAN_ONLY || (level >= 0 && level <= 9)) && unset(strategy, memoryLevel);
            case PGZIP -> level == PGZIP_LEVEL && unset(strategy, memoryLevel);
            case STORED -> level >= 1 && level <= StoredEncoder.MAX_BLOCK && unset(strategy, memoryLevel);
        };
        if (!known) {
            throw new IllegalArgumentException(
                    "no encoder " + text(family, level, strategy, memoryLevel)
                            + "; expected zlib/1 to zlib/9 with a memory level from 1 to 9, go/-2, go/0 to go/9, pgzip/5, or stored/1 to stored/65535");
        }
    }

    private static boolean unset(Strategy strategy, int memoryLevel) {
        return strategy == Strategy.DEFAULT && memoryLevel == DEFAULT_MEMORY_LEVEL;
    }

    /** zlib's encoder with the default strategy and memory level. */
    public static DeflateParameters zlib(int level) {
        return new DeflateParameters(Family.ZLIB, level, Strategy.DEFAULT, DEFAULT_MEMORY_LEVEL);
    }

    /** Go's encoder. */
    public static DeflateParameters go(int level) {
        return new DeflateParameters(Family.GO, level, Strategy.DEFAULT, DEFAULT_MEMORY_LEVEL);
    }

    /** pgzip's encoder. */
    public static DeflateParameters pgzip() {
        return new DeflateParameters(Family.PGZIP, PGZIP_LEVEL, Strategy.DEFAULT, DEFAULT_MEMORY_LEVEL);
    }

    /** Blocks of this many bytes, as they are. */
    public static DeflateParameters stored(int blockLength) {
        return new DeflateParameters(Family.STORED, blockLength, Strategy.DEFAULT, DEFAULT_MEMORY_LEVEL);
    }

    /**
     * What {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is not exactly of that form
     */
    public static DeflateParameters parse(String text) {
        String[] parts = text.split("/", -1);
        DeflateParameters parsed = null;
        try {
            if (parts.length >= 2 && parts.length <= 4) {
                parsed = new DeflateParameters(
                        Family.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(parts[1]),
                        parts.length > 2 ? Strategy.valueOf(parts[2].toUpperCase(Locale.ROOT)) : Strategy.DEFAULT,
                        parts.length > 3 ? Integer.parseInt(parts[3]) : DEFAULT_MEMORY_LEVEL);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
        if (parsed == null || !parsed.toString().equals(text)) {
            throw malformed(text, null);
        }
        return parsed;
    }

    private static IllegalArgumentException malformed(String text, @Nullable Throwable cause) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new IllegalArgumentException(
                "no deflate encoder is called \"" + shown
                        + "\"; expected one like zlib/6, zlib/6/filtered/9 or go/6; strategies: "
                        + Arrays.toString(Strategy.values()).toLowerCase(Locale.ROOT),
                cause);
    }

    /** A new encoder that writes a raw deflate stream to {@code out}, which stays open. */
    public DeflateEncoder open(OutputStream out) {
        return switch (family) {
            case ZLIB -> new ZlibEncoder(out, level, strategy, memoryLevel);
            case GO -> new GoEncoder(out, level, false);
            case PGZIP -> new PgzipEncoder(out);
            case STORED -> new StoredEncoder(out, level);
        };
    }

    /**
     * As {@link #open(OutputStream)}, or the platform's own encoder, which is faster and nearly always makes the same: for those who compare what comes of it with a digest,
     * and know another way if it differs.
     */
    public DeflateEncoder open(OutputStream out, boolean platform) {
        return platform && family == Family.ZLIB && PlatformEncoder.isLikelySame(strategy, memoryLevel)
                ? new PlatformEncoder(out, level, strategy)
                : open(out);
    }

    @Override
    public String toString() {
        return text(family, level, strategy, memoryLevel);
    }

    private static String text(Family family, int level, Strategy strategy, int memoryLevel) {
        StringBuilder text = new StringBuilder();
        text.append(lower(family)).append('/').append(level);
        if (strategy != Strategy.DEFAULT || memoryLevel != DEFAULT_MEMORY_LEVEL) {
            text.append('/').append(lower(strategy));
        }
        if (memoryLevel != DEFAULT_MEMORY_LEVEL) {
            text.append('/').append(memoryLevel);
        }
        return text.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
