package dev.hotpatch.testdata.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * An application image as Jib builds it: a base image, a layer for the libraries of others, one for the broker's or the application's
 * own files. User 1000, fixed times: the same input gives the same digests, and neighbouring versions share layers.
 */
public final class JibImage {
    private static final AbsoluteUnixPath LIBRARIES = AbsoluteUnixPath.get("/opt/activemq/lib");

    private final CacheFolder cache;
    private final JibContainerBuilder builder;

    private JibImage(CacheFolder cache, JibContainerBuilder builder) {
        this.cache = cache;
        this.builder = builder;
    }

    /**
     * An image that runs an ActiveMQ broker. Its program arguments are those of our broker program: two ports and a data folder.
     */
    public static JibImage ofActiveMq(ActiveMq version, BaseImage base, CacheFolder cache) throws IOException {
        FileEntriesLayer.Builder libraries = FileEntriesLayer.builder().setName("libraries");
        for (Path jar : version.libraryJars()) {
            libraries.addEntry(jar, LIBRARIES.resolve(jar.getFileName()));
        }
        FileEntriesLayer.Builder broker = FileEntriesLayer.builder().setName("broker");
        for (Path jar : version.brokerJars()) {
            broker.addEntry(jar, LIBRARIES.resolve(jar.getFileName()));
        }
        FileEntriesLayer.Builder programs = FileEntriesLayer.builder().setName("programs");
        programs.addEntry(version.programJar(), AbsoluteUnixPath.get("/opt/activemq/programs.jar"));
        FileEntriesLayer.Builder configuration = FileEntriesLayer.builder().setName("configuration");
        try (Stream<Path> files = Files.list(version.configuration())) {
            files.sorted()
                    .forEach(file -> configuration.addEntry(
                            file, AbsoluteUnixPath.get("/opt/activemq/conf").resolve(file.getFileName())));
        }
        List<String> entrypoint = BaseImage.javaCommand(
                "-Xmx128m", "-cp", "/opt/activemq/programs.jar:/opt/activemq/lib/*", ActiveMq.brokerProgram());
        return new JibImage(
                cache,
                from(base)
                        .setFileEntriesLayers(
                                libraries.build(), broker.build(), configuration.build(), programs.build())
                        .setEntrypoint(entrypoint)
                        .setProgramArguments("0", "0", "/tmp/data"));
    }

    /** An image that runs one executable jar. */
    public static JibImage ofExecutableJar(Path jar, BaseImage base, CacheFolder cache) throws IOException {
        FileEntriesLayer layer = FileEntriesLayer.builder()
                .setName("application")
                .addEntry(jar, AbsoluteUnixPath.get("/app/application.jar"))
                .build();
        return new JibImage(
                cache,
                from(base)
                        .setFileEntriesLayers(layer)
                        .setEntrypoint(BaseImage.javaCommand("-jar", "/app/application.jar")));
    }

    /**
     * An image of files and nothing else: it cannot run.
     *
     * @param layers from the bottom up, each its files by their absolute paths in the image
     */
    public static JibImage ofFiles(List<Map<String, Path>> layers, CacheFolder cache) {
        List<FileEntriesLayer> built = layers.stream()
                .map(files -> {
                    FileEntriesLayer.Builder layer = FileEntriesLayer.builder();
                    files.forEach((name, file) -> layer.addEntry(file, AbsoluteUnixPath.get(name)));
                    return layer.build();
                })
                .toList();
        return new JibImage(cache, Jib.fromScratch().setFileEntriesLayers(built).setCreationTime(Instant.EPOCH));
    }

    /**
     * The image of a pod's own container, which only waits.
     *
     * @param scratch a folder for the program; must stay until the image is built
     */
    public static JibImage ofPause(Path scratch, CacheFolder cache) throws IOException {
        return new JibImage(
                cache,
                Jib.fromScratch()
                        .setFileEntriesLayers(PauseImage.layer(scratch))
                        .setEntrypoint("/pause")
                        .setCreationTime(Instant.EPOCH));
    }

    private static JibContainerBuilder from(BaseImage base) {
        return Jib.from(TarImage.at(base.archive())).setUser("1000:1000").setCreationTime(Instant.EPOCH);
    }

    /** Writes the image as an OCI archive (a tar of an OCI layout). */
    public BuiltImage writeOciArchive(Path archive, String name) throws IOException, InterruptedException {
        return write(archive, name, ImageFormat.OCI);
    }

    /** Writes the image as {@code docker save} would; its manifest has another digest than the OCI one. */
    public BuiltImage writeDockerArchive(Path archive, String name) throws IOException, InterruptedException {
        return write(archive, name, ImageFormat.Docker);
    }

    private BuiltImage write(Path archive, String name, ImageFormat format) throws IOException, InterruptedException {
        try {
            return build(Containerizer.to(TarImage.at(archive).named(name)), name, format);
        } catch (InvalidImageReferenceException e) {
            throw new IOException("not an image name: " + name, e);
        }
    }

    /** Pushes the image, by plain HTTP if the registry speaks no TLS. */
    public BuiltImage push(String reference) throws IOException, InterruptedException {
        return push(reference, Optional.empty());
    }

    /** Pushes the image with a user name and a password. */
    public BuiltImage push(String reference, String user, String password) throws IOException, InterruptedException {
        return push(reference, Optional.of(Credential.from(user, password)));
    }

    private BuiltImage push(String reference, Optional<Credential> credential)
            throws IOException, InterruptedException {
        try {
            RegistryImage target = RegistryImage.named(reference);
            credential.ifPresent(known -> target.addCredentialRetriever(() -> Optional.of(known)));
            return build(Containerizer.to(target), reference, ImageFormat.OCI);
        } catch (InvalidImageReferenceException e) {
            throw new IOException("not an image reference: " + reference, e);
        }
    }

    private BuiltImage build(Containerizer target, String reference, ImageFormat format)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(); // its steps wait for one another
        try {
            JibContainer built = builder.setFormat(format)
                    .containerize(target.setExecutorService(threads)
                            .setAllowInsecureRegistries(true)
                            .setToolName("hotpatch-testdata")
                            .setBaseImageLayersCache(cache.folder("jib/base"))
                            .setApplicationLayersCache(cache.folder("jib/application")));
            return new BuiltImage(
                    reference, built.getDigest().toString(), built.getImageId().toString());
        } catch (RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw new IOException("cannot build " + reference + ": " + e.getMessage(), e);
        } finally {
            threads.shutdown();
        }
    }
}
