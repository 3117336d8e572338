package dev.hotpatch.differ.pairing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the version out of a jar's file name, so that two versions of the same artefact have the same text left. */
public final class ArtifactName {
    /** What follows the name if all that follows it is a version: 1.2, 31.1-jre, 4.1.107.Final, 2.0-rc-1, 1.0-20240101.1200-3. */
    private static final Pattern VERSION = Pattern.compile(
            "v?[0-9][0-9a-z_+]*(?:[.-](?:[0-9][0-9a-z_+]*|v[0-9]+|jre[0-9]*|jdk[0-9]*|java[0-9]*|android|final|ga|release|snapshot|incubating|redhat|"
                    + "(?:alpha|beta|milestone|preview|pre|ea|rc|cr|sp|sr|build|patch|m|b|r|p)[.-]?[0-9]*))*",
            Pattern.CASE_INSENSITIVE);

    /** One number with dots, wherever it is. */
    private static final Pattern NUMBER =
            Pattern.compile("-v?[0-9]+(?:\\.[0-9a-z_]+)*(?=-|$)", Pattern.CASE_INSENSITIVE);

    private ArtifactName() {}

    /** {@code log4j-1.2-api.jar} of {@code log4j-1.2-api-2.17.1.jar}; a name without a version is left as it is. */
    public static String of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String stem = dot < 0 ? fileName : fileName.substring(0, dot);
        String extension = fileName.substring(stem.length());
        for (int dash = stem.indexOf('-'); dash > 0; dash = stem.indexOf('-', dash + 1)) {
            if (VERSION.matcher(stem.substring(dash + 1)).matches()) {
                return stem.substring(0, dash) + extension;
            }
        }
        // A classifier follows the version: the last number goes.
        Matcher number = NUMBER.matcher(stem);
        int start = -1;
        int end = -1;
        while (number.find()) {
            start = number.start();
            end = number.end();
        }
        return start <= 0 ? fileName : stem.substring(0, start) + stem.substring(end) + extension;
    }
}
