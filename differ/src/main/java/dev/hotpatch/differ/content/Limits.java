package dev.hotpatch.differ.content;

/**
 * How much is read of what may be hostile. All are far above what real images have.
 *
 * @param entries files of one image and of one archive
 * @param fileBytes bytes of one file, inflated
 * @param archiveBytes bytes of all entries of one archive, inflated
 * @param spoolBytes bytes of temporary space
 * @param depth archives within archives
 * @param ratio how many times larger a file of more than {@link #RATIO_FROM} bytes may become by inflation
 */
public record Limits(int entries, long fileBytes, long archiveBytes, long spoolBytes, int depth, int ratio) {
    /** Smaller files may inflate by any ratio. */
    public static final long RATIO_FROM = 16L << 20;

    public static final Limits DEFAULT = new Limits(2_000_000, 16L << 30, 8L << 30, 64L << 30, 6, 500);
}
