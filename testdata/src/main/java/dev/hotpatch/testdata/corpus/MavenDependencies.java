package dev.hotpatch.testdata.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * What published jars need beside them, as Maven resolves it from their POMs, from the cache where it has been resolved before. For one thread; several
 * processes may share the cache.
 */
public final class MavenDependencies {
    private static final String JAR = "jar";

    private final RepositorySystem system = new RepositorySystemSupplier().get();
    private final RemoteRepository repository;
    private final DefaultRepositorySystemSession session;
    private final Path answers;

    private MavenDependencies(String repository, CacheFolder cache) throws IOException {
        this.repository = new RemoteRepository.Builder("central", "default", repository).build();
        this.answers = cache.folder("class-paths");
        session = MavenRepositorySystemUtils.newSession();
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(
                session, new LocalRepository(cache.folder("m2").toFile())));
        session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, true));
        session.setSystemProperties(System.getProperties());
        // What the build extension that POMs of netty's users name would find out.
        session.setUserProperty("os.detected.classifier", "linux-x86_64");
    }

    /** From Maven Central, or what {@code HOTPATCH_MAVEN_REPO} names. */
    public static MavenDependencies fromEnvironment(Map<String, String> environment) throws IOException {
        return new MavenDependencies(
                environment.getOrDefault(MavenArtifacts.REPOSITORY, MavenArtifacts.CENTRAL),
                CacheFolder.fromEnvironment(environment));
    }

    /**
     * A class path.
     *
     * @param jars files in the cache, in Maven's order
     * @param missing coordinates that a POM names and the repository does not have
     */
    public record ClassPath(List<Path> jars, List<String> missing) {
        public ClassPath {
            jars = List.copyOf(jars);
            missing = List.copyOf(missing);
        }
    }

    /**
     * All that the jars need, optional and provided things among it, without the jars themselves.
     *
     * @param artifacts whose POMs are read; where two name the same dependency the first one's version counts
     * @param withTests whether what only their tests need counts, too
     * @param extra what their POMs ought to name and do not, as {@code group:name[:extension[:classifier]]:version}; goes first
     */
    public ClassPath of(List<MavenArtifact> artifacts, boolean withTests, List<String> extra) throws IOException {
        Path answer = answers.resolve(key(artifacts, withTests, extra));
        if (Files.exists(answer)) {
            ClassPath known = read(answer);
            if (known.jars().stream().allMatch(Files::exists)) {
                return known;
            }
        }
        CollectRequest request = new CollectRequest();
        request.addRepository(repository);
        Set<String> seen = new HashSet<>();
        for (String coordinates : extra) {
            add(request, seen, new Dependency(new DefaultArtifact(coordinates), "compile"));
        }
        for (MavenArtifact artifact : artifacts) {
            ArtifactDescriptorResult descriptor = descriptor(artifact);
            for (Dependency dependency : descriptor.getDependencies()) {
                if (withTests || !dependency.getScope().equals("test")) {
                    // Scope and optional flag have done their work; they would hide what is needed through them.
                    add(request, seen, dependency.setScope("compile").setOptional(false));
                }
            }
            descriptor.getManagedDependencies().forEach(request::addManagedDependency);
        }
        ClassPath found = resolve(request, artifacts);
        write(answer, found);
        return found;
    }

    private ArtifactDescriptorResult descriptor(MavenArtifact artifact) throws IOException {
        Artifact coordinates = new DefaultArtifact(artifact.group(), artifact.name(), JAR, artifact.version());
        try {
            return system.readArtifactDescriptor(
                    session, new ArtifactDescriptorRequest(coordinates, List.of(repository), null));
        } catch (ArtifactDescriptorException e) {
            throw new IOException("cannot read the POM of " + coordinates + ": " + e.getMessage(), e);
        }
    }

    private static void add(CollectRequest request, Set<String> seen, Dependency dependency) {
        Artifact artifact = dependency.getArtifact();
        boolean library = artifact.getExtension().equals(JAR);
        if (library
                && seen.add(artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getClassifier())) {
            request.addDependency(dependency);
        }
    }

    private ClassPath resolve(CollectRequest request, List<MavenArtifact> without) throws IOException {
        DependencyResult result;
        try {
            result = system.resolveDependencies(session, new DependencyRequest(request, null));
        } catch (DependencyResolutionException e) {
            result = e.getResult();
            if (result == null || result.getArtifactResults().isEmpty()) {
                throw new IOException("cannot resolve the dependencies of " + without + ": " + e.getMessage(), e);
            }
        }
        List<Path> jars = new ArrayList<>();
        Set<String> missing = new TreeSet<>();
        for (ArtifactResult one : result.getArtifactResults()) {
            Artifact artifact =
                    one.isResolved() ? one.getArtifact() : one.getRequest().getArtifact();
            if (!one.isResolved()) {
                if (one.getExceptions().stream().noneMatch(ArtifactNotFoundException.class::isInstance)) {
                    throw new IOException("cannot fetch " + artifact + ": " + one.getExceptions());
                }
                missing.add(artifact.toString());
            } else if (artifact.getExtension().equals(JAR)
                    && without.stream().noneMatch(subject -> isSame(subject, artifact))) {
                jars.add(artifact.getFile().toPath());
            }
        }
        return new ClassPath(jars, List.copyOf(missing));
    }

    private static boolean isSame(MavenArtifact subject, Artifact artifact) {
        return subject.group().equals(artifact.getGroupId())
                && subject.name().equals(artifact.getArtifactId())
                && artifact.getClassifier().isEmpty();
    }

    private static String key(List<MavenArtifact> artifacts, boolean withTests, List<String> extra) {
        StringBuilder key = new StringBuilder();
        for (MavenArtifact artifact : artifacts) {
            key.append(artifact.name()).append('-').append(artifact.version()).append('-');
        }
        return key.append(withTests ? "tests-" : "")
                .append(Integer.toHexString(artifacts.hashCode() * 31 + extra.hashCode()))
                .append(".txt")
                .toString();
    }

    private static ClassPath read(Path answer) throws IOException {
        List<Path> jars = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(answer)) {
            String value = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("jar ")) {
                jars.add(Path.of(value));
            } else {
                missing.add(value);
            }
        }
        return new ClassPath(jars, missing);
    }

    private static void write(Path answer, ClassPath found) throws IOException {
        List<String> lines = new ArrayList<>();
        found.jars().forEach(jar -> lines.add("jar " + jar));
        found.missing().forEach(coordinates -> lines.add("missing " + coordinates));
        Path partial = Files.createTempFile(answer.getParent(), ".class-path", ".partial");
        Files.write(partial, lines);
        Files.move(partial, answer, StandardCopyOption.ATOMIC_MOVE);
    }
}
