package dev.hotpatch.patchformat.plan;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A class that is not the same, byte for byte, in base and target.
 *
 * @param name internal name, {@code org/example/Foo}
 * @param releases of Java on which it is so: of multi-release jars, a JVM sees what is for its own release
 * @param decision what becomes of it
 * @param oldDigest SHA-256 of the class file in the base; absent for a new class
 * @param newDigest SHA-256 of the class file that goes into the JVM, or for other decisions of the one in the target; absent for
 *     a removed class
 * @param units for a new class that goes live: the units whose loaders get it; otherwise empty
 * @param reasons why it is blocked; for others, what may be without effect
 */
public record ClassChange(
        String name,
        Releases releases,
        Decision decision,
        Optional<Digest> oldDigest,
        Optional<Digest> newDigest,
        List<Integer> units,
        List<Reason> reasons) {
    public ClassChange {
        units = List.copyOf(units);
        reasons = List.copyOf(reasons);
    }

    /** The same for other releases of Java. */
    public ClassChange on(Releases others) {
        return new ClassChange(name, others, decision, oldDigest, newDigest, units, reasons);
    }

    /** The same under another name. */
    public ClassChange named(String otherName) {
        return new ClassChange(otherName, releases, decision, oldDigest, newDigest, units, reasons);
    }
}
