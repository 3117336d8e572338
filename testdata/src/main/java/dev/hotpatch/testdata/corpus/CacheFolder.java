package dev.hotpatch.testdata.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where everything that is downloaded or built once is kept: outside the checkout, safe to delete, shared by all test runs. */
public final class CacheFolder {
    private final Path root;

    private CacheFolder(Path root) {
        this.root = root;
    }

    /** {@code HOTPATCH_CACHE}, or {@code ~/.cache/hotpatch}. */
    public static CacheFolder fromEnvironment(Map<String, String> environment) {
        String chosen = environment.getOrDefault("HOTPATCH_CACHE", "");
        return new CacheFolder(
                chosen.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "hotpatch") : Path.of(chosen));
    }

    public static CacheFolder at(Path root) {
        return new CacheFolder(root);
    }

    public Path root() {
        return root;
    }

    /** A folder in the cache, made if it is not there. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }
}
