package dev.hotpatch.systemtests.jvm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The classes in a jar. */
public final class JarClasses {
    private JarClasses() {}

    /** The names, with dots and sorted, of what a jar gives a class path; forms for certain releases of Java count once. */
    public static Set<String> of(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                String entry = entries.nextElement().getName();
                boolean named = entry.endsWith(".class") && !entry.endsWith("module-info.class");
                if (named && !entry.startsWith("META-INF/")) {
                    names.add(entry.substring(0, entry.length() - ".class".length())
                            .replace('/', '.'));
                }
            }
        }
        return names;
    }
}
