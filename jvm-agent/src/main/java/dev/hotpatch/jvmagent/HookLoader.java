package dev.hotpatch.jvmagent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Loads the hook's core apart from the application: its names collide with nothing, and what is opened to its unnamed
 * module is opened to nobody else. All bytes are read at once, so the jar may be moved or replaced afterwards.
 */
final class HookLoader extends ClassLoader {
    private static final String PREFIX = "dev/hotpatch/jvmagent/core/";
    private static final String JMX = "dev.hotpatch.jvmagent.core.jmx.";
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> classes;

    private HookLoader(ClassLoader parent, Map<String, byte[]> classes) {
        super(parent);
        this.classes = classes;
    }

    /**
     * Loads every class of the core now, because a class-file transformer must not cause loading while it runs. The MBean is not
     * of these: the run-time may lack what it needs.
     */
    static HookLoader ofThisJar() throws IOException, ClassNotFoundException {
        Map<String, byte[]> classes = new HashMap<>();
        try (ZipInputStream jar = new ZipInputStream(HookLoader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .openStream())) {
            for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
                String name = e.getName();
                if (name.startsWith(PREFIX) && name.endsWith(SUFFIX) && !name.endsWith("package-info.class")) {
                    String type = name.substring(0, name.length() - SUFFIX.length());
                    classes.put(type.replace('/', '.'), readAll(jar));
                }
            }
        }
        // The parent of the system loader is the platform's loader, which has no class of the application.
        HookLoader loader = new HookLoader(ClassLoader.getSystemClassLoader().getParent(), classes);
        for (String name : classes.keySet()) {
            if (!name.startsWith(JMX)) {
                Class.forName(name, true, loader);
            }
        }
        return loader;
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
