package dev.hotpatch.testdata.image;

import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image that application images are built on: Java and nothing else, for user 1000, with {@code java} on the {@code PATH}. A
 * docker archive in the cache, made once for each Java version.
 */
public final class BaseImage {
    private final Path archive;

    private BaseImage(Path archive) {
        this.archive = archive;
    }

    /** Makes the image from the JDK that runs this code, or finds it in the cache. */
    public static BaseImage prepare(CacheFolder cache) throws IOException, InterruptedException {
        return prepare(cache, Optional.empty());
    }

    /** The same with {@code /tmp} as a symbolic link, such as an attacker would make it to have files written elsewhere. */
    public static BaseImage prepareWithLinkedTmp(CacheFolder cache, String target)
            throws IOException, InterruptedException {
        return prepare(cache, Optional.of(target));
    }

    private static BaseImage prepare(CacheFolder cache, Optional<String> tmp) throws IOException, InterruptedException {
        return prepare(cache, Path.of(System.getProperty("java.home")), System.getProperty("java.vm.version"), tmp);
    }

    private static BaseImage prepare(CacheFolder cache, Path javaHome, String version, Optional<String> tmp)
            throws IOException, InterruptedException {
        Path folder = cache.folder("base");
        int modules = String.join(",", JavaRootFileSystem.MODULES).hashCode();
        String kind = tmp.map(target -> "-tmp" + target.replace('/', '-')).orElse("");
        Path archive = folder.resolve("java-" + version + "-" + Integer.toHexString(modules) + kind + ".tar");
        if (!Files.exists(archive)) {
            Path work = Files.createTempDirectory(folder, ".work");
            try {
                Path root = Files.createDirectory(work.resolve("root"));
                new JavaRootFileSystem(javaHome).writeTo(root);
                if (tmp.isPresent()) {
                    Files.delete(root.resolve("tmp"));
                    Files.createSymbolicLink(root.resolve("tmp"), Path.of(tmp.get()));
                }
                Path made = DockerArchive.ofOneLayer(
                        root,
                        work,
                        Map.of(
                                "PATH",
                                JavaRootFileSystem.JAVA_HOME + "/bin:/usr/bin:/bin",
                                "JAVA_HOME",
                                JavaRootFileSystem.JAVA_HOME));
                Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Folders.delete(work);
            }
        }
        return new BaseImage(archive);
    }

    /** The docker archive. */
    public Path archive() {
        return archive;
    }

    /** Absolute path of {@code java} in the image. */
    static String java() {
        return JavaRootFileSystem.JAVA_HOME + "/bin/java";
    }

    /** A command that starts {@code java}, for an entry point. */
    static List<String> javaCommand(String... arguments) {
        return Stream.concat(Stream.of(java()), Arrays.stream(arguments)).toList();
    }
}
