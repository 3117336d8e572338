package dev.hotpatch.differ.pairing;

import dev.hotpatch.differ.content.StoredFile;
import java.util.Optional;

/**
 * A file or entry that is no class, and not the same or not in the same place.
 *
 * @param path in the target, or in the base if only that has it; containers joined by {@code !/}
 * @param base absent if only the target has it
 * @param target absent if only the base has it
 */
public record FileDifference(String path, Optional<StoredFile> base, Optional<StoredFile> target) {
    /** True if only its place differs. */
    public boolean isMove() {
        return base.isPresent()
                && target.isPresent()
                && base.get().digest().equals(target.get().digest());
    }
}
