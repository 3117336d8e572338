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
    private final Map<Integer, String> classOfUnit = new HashMap<>();

    /** Notes a class (internal name) of the loader. */
    Anchor add(String name, BitSet unitsOfClass, @Nullable ProtectionDomain domain) {
        units.or(unitsOfClass);
        if (domain != null) {
            ofPackage.put(packageOf(name), domain);
        }
        for (int i = unitsOfClass.nextSetBit(0); i >= 0; i = unitsOfClass.nextSetBit(i + 1)) {
            classOfUnit.put(i, name);
            if (domain != null) {
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

    /** Internal name of a class of the loader that is of one of the new class's units, or null. */
    @Nullable
    String neighbourOf(LiveUnit.NewClass c) {
        String name = null;
        for (int i = c.units.nextSetBit(0); i >= 0 && name == null; i = c.units.nextSetBit(i + 1)) {
            name = classOfUnit.get(i);
        }
        return name;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
