package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.classes.ClassComparison;
import dev.hotpatch.differ.classes.ClassVerdict;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One class that both sides have, differently. Independent of all others, so that many are compared at once.
 *
 * @param siblings all classes of the base's unit
 */
record ClassTask(
        Spool spool, ClassKey key, StoredFile base, StoredFile target, SortedMap<ClassKey, StoredFile> siblings) {
    ClassChange run() throws IOException {
        byte[] targetBytes = bytes(target);
        ClassVerdict verdict = ClassComparison.compare(bytes(base), targetBytes);
        Digest digest = target.digest();
        Decision decision = verdict.decision();
        List<Reason> reasons = verdict.reasons();
        if (decision == Decision.REDEFINE) {
            Optional<String> before = numberedBefore(targetBytes);
            if (before.isPresent()) {
                decision = Decision.BLOCKED;
                reasons = List.of(ClassComparison.renumberedClass(before.get()));
            } else {
                digest = spool.add(verdict.classFile()).digest();
            }
        }
        return new ClassChange(
                key.name(),
                key.release(),
                decision,
                Optional.of(base.digest()),
                Optional.of(digest),
                List.of(),
                reasons);
    }

    /** The class of the base that this one was, if the compiler has given the numbers of anonymous classes to others. */
    private Optional<String> numberedBefore(byte[] targetBytes) throws IOException {
        if (!ClassComparison.isNumbered(key.name())) {
            return Optional.empty();
        }
        String identity = ClassComparison.identity(targetBytes);
        String prefix = key.name().substring(0, key.name().lastIndexOf('$') + 1);
        for (Map.Entry<ClassKey, StoredFile> sibling :
                siblings.tailMap(new ClassKey(prefix, 0)).entrySet()) {
            String name = sibling.getKey().name();
            if (!name.startsWith(prefix)) {
                break;
            }
            boolean candidate = !name.equals(key.name())
                    && sibling.getKey().release() == key.release()
                    && ClassComparison.isNumbered(name);
            if (candidate && ClassComparison.identity(bytes(sibling.getValue())).equals(identity)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private byte[] bytes(StoredFile file) throws IOException {
        return spool.read(file.blob().orElseThrow());
    }
}
