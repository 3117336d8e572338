package dev.hotpatch.differ.lift;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The classes of the JDK that this runs on, for what lies above the classes of an image. */
final class Platform {
    private static final Object NONE = new Object();
    private static final Map<String, Object> SHAPES = new ConcurrentHashMap<>();

    private Platform() {}

    static @Nullable ClassShape shape(String name) {
        Object known = SHAPES.computeIfAbsent(name, Platform::read);
        return known instanceof ClassShape shape ? shape : null;
    }

    private static Object read(String name) {
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")) {
            return in == null ? NONE : ClassShape.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK's own class " + name + " cannot be read", e);
        }
    }
}
