package dev.hotpatch.differ.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.differ.fixture.Classes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EffectCompanionTest {
    @Test
    void emptiesNullsAndCallsWhatIsPrivate() throws Exception {
        Map<String, byte[]> classes = new TreeMap<>(Classes.compile(
                "package p; import java.util.*; public class Foo {"
                        + " private static final Map<String, String> MAP = new HashMap<>(Map.of(\"a\", \"b\"));"
                        + " private static final Cache CACHE = new Cache();"
                        + " private static final List<String> NONE = null;"
                        + " private static Object last = \"last\"; private static int resets;"
                        + " private static long reset() { return ++resets; }"
                        + " public static String state() { return MAP.size() + \" \" + CACHE.size + \" \" + last + \" \" + resets; } }",
                "package p; class Cache { int size = 3; public void invalidateAll() { size = 0; } }"));
        EffectCompanion companion = new EffectCompanion("p/Foo$$hpe1", "p/Foo", false);
        companion.clear("MAP", "Ljava/util/Map;");
        companion.clear("CACHE", "Lp/Cache;");
        companion.clear("NONE", "Ljava/util/List;");
        companion.setNull("last", "Ljava/lang/Object;");
        companion.call("reset", "()J");
        classes.put("p/Foo$$hpe1", companion.toBytes());
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name.replace('.', '/'));
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        var state = loader.loadClass("p.Foo").getMethod("state");
        assertEquals("1 3 last 0", state.invoke(null));
        loader.loadClass("p.Foo$$hpe1").getMethod(EffectCompanion.METHOD).invoke(null);
        assertEquals("0 0 null 1", state.invoke(null));
    }
}
