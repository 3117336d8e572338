package dev.hotpatch.jvmagent.core;

import java.security.ProtectionDomain;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A loader's share in a live unit, hence which new classes it gets, and in which protection domains. */
final class Anchor {
    /** The units of which the loader has a class. */
    final BitSet units = new BitSet();

    private final Map<String, ProtectionDomain> ofPackage = new HashMap<>();
    private final Map<Integer, ProtectionDomain> ofUnit = new HashMap<>();

    /** Notes a class (internal name) of the loader. */
    Anchor add(String name, BitSet unitsOfClass, @Nullable ProtectionDomain domain) {
        units.or(unitsOfClass);
        if (domain != null) {
            ofPackage.put(packageOf(name), domain);
            for (int i = unitsOfClass.nextSetBit(0); i >= 0; i = unitsOfClass.nextSetBit(i + 1)) {
                ofUnit.put(i, domain);
            }
        }
        return this;
    }

    /**
     * The domain of a class of the same package, because the JDK wants all of a package signed by the same; or else of the same unit.
     */
    @Nullable
    ProtectionDomain domainOf(LiveUnit.NewClass c) {
        ProtectionDomain domain = ofPackage.get(packageOf(c.name));
        for (int i = c.units.nextSetBit(0); i >= 0 && domain == null; i = c.units.nextSetBit(i + 1)) {
            domain = ofUnit.get(i);
        }
        return domain;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
