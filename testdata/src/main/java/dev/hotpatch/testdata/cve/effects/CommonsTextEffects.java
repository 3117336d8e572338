package dev.hotpatch.testdata.cve.effects;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.text.lookup.StringLookup;
import org.apache.commons.text.lookup.StringLookupFactory;

/**
 * The one interpolator that all share was made by the old release, with lookups that the new one does not give it. Its map is taken to
 * what the release in force makes.
 */
public final class CommonsTextEffects {
    private static final Set<String> DANGEROUS = Set.of("dns", "script", "url");

    private CommonsTextEffects() {}

    /** Takes the dangerous lookups out. */
    public static void apply() throws ReflectiveOperationException {
        shared().keySet().removeAll(DANGEROUS);
    }

    /** Are they out? */
    public static boolean probe() throws ReflectiveOperationException {
        return shared().keySet().stream().noneMatch(DANGEROUS::contains);
    }

    /** Puts back what the old release gives to every interpolator. */
    public static void rollback() throws ReflectiveOperationException {
        Map<String, StringLookup> defaults = new HashMap<>();
        StringLookupFactory.INSTANCE.addDefaultStringLookups(defaults);
        shared().putAll(defaults);
    }

    private static Map<String, StringLookup> shared() throws ReflectiveOperationException {
        StringLookup interpolator = StringLookupFactory.INSTANCE.interpolatorStringLookup();
        // The method is public, its class is not.
        Method map = interpolator.getClass().getMethod("getStringLookupMap");
        map.setAccessible(true);
        @SuppressWarnings("unchecked") // What the method declares.
        Map<String, StringLookup> shared = (Map<String, StringLookup>) map.invoke(interpolator);
        return shared;
    }
}
