package dev.hotpatch.jvmagent.core;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Makes the package of a new class known where the application has loaded nothing of it yet, sealed if the jar seals it: otherwise the
 * application's first own class of that package would be refused. A named module gets no packages that it has not from its start; there
 * the new class would be outside of the module and out of its reach.
 */
final class Packages {
    private final LoaderAccess access;

    Packages(LoaderAccess access) {
        this.access = access;
    }

    /**
     * Does what is to be done before a class is defined.
     *
     * @param name of the new class, with dots
     * @param neighbour internal name of a class of the same unit
     */
    void prepare(ClassLoader loader, String name, String neighbour, @Nullable ProtectionDomain domain)
            throws Refusal, ReflectiveOperationException, IOException {
        String pack = packageOf(name);
        String known = packageOf(neighbour.replace('/', '.'));
        if (pack.isEmpty() || pack.equals(known) || access.hasPackage(loader, pack)) {
            return;
        }
        if (isInNamedModule(loader, neighbour.replace('/', '.'), known)) {
            throw new Refusal(
                    Refusal.DEFINE_REFUSED,
                    name
                            + " is in a package that its module has not, and a module that runs gets no further packages; this patch"
                            + " takes a restart");
        }
        URL url = domain == null ? null : location(domain);
        access.definePackage(loader, pack, url != null && isSealed(url, pack) ? url : null);
    }

    /** Of a class that is still being loaded only modules of the boot layer are known. */
    private boolean isInNamedModule(ClassLoader loader, String neighbour, String known)
            throws ReflectiveOperationException {
        if (!access.hasModules()) {
            return false;
        }
        Class<?> type = Class.forName("java.lang.Module");
        Class<?> loaded = access.findLoaded(loader, neighbour);
        if (loaded != null && loaded.getClassLoader() == loader) {
            Object module = Class.class.getMethod("getModule").invoke(loaded);
            return Boolean.TRUE.equals(type.getMethod("isNamed").invoke(module));
        }
        Class<?> layer = Class.forName("java.lang.ModuleLayer");
        Object boot = layer.getMethod("boot").invoke(null);
        for (Object module : (Set<?>) layer.getMethod("modules").invoke(boot)) {
            if (type.getMethod("getClassLoader").invoke(module) == loader
                    && ((Set<?>) type.getMethod("getPackages").invoke(module)).contains(known)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSealed(URL url, String pack) throws IOException {
        String form = url.toExternalForm();
        if (!form.startsWith("file:") || form.endsWith("/")) {
            return false;
        }
        try (JarFile jar = new JarFile(new File(URI.create(form)), false)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                return false;
            }
            Attributes own = manifest.getAttributes(pack.replace('.', '/') + "/");
            String sealed = own == null ? null : own.getValue(Attributes.Name.SEALED);
            return "true"
                    .equalsIgnoreCase(
                            sealed == null ? manifest.getMainAttributes().getValue(Attributes.Name.SEALED) : sealed);
        }
    }

    private static @Nullable URL location(ProtectionDomain domain) {
        CodeSource source = domain.getCodeSource();
        return source == null ? null : source.getLocation();
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
