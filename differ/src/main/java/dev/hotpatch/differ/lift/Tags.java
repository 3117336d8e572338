package dev.hotpatch.differ.lift;

import dev.hotpatch.patchformat.oci.Digest;
import java.nio.charset.StandardCharsets;

/** Short hashes for the names of companions: the same content, the same name, in whatever patch. */
final class Tags {
    /** Changes whenever the compiler writes other code for the same classes. */
    private static final String COMPILER = "1";

    private static final int LENGTH = 8;

    private Tags() {}

    static String of(String... parts) {
        String text = COMPILER + '\0' + String.join("\0", parts);
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, LENGTH);
    }
}
