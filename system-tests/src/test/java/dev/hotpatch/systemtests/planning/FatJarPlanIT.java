package dev.hotpatch.systemtests.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * zipkin-server 2.23.16 to 2.23.18: executable Spring Boot jars of 67 MB, with a shell script before the zip and some 180 jars inside,
 * in a Jib image, planned in a heap of 512 MB. What changed is counted here a second time, with nothing but the JDK's zip reader.
 */
final class FatJarPlanIT {
    private static final String COMPANION = "$$hp";

    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    @TempDir
    Path folder;

    @Test
    void everyClassThatDiffersIsInThePlanAndNoOther() throws Exception {
        MavenArtifacts artifacts = MavenArtifacts.fromEnvironment(System.getenv());
        Path oldJar = artifacts.fetch(MavenArtifact.zipkinServer("2.23.16"));
        Path newJar = artifacts.fetch(MavenArtifact.zipkinServer("2.23.18"));
        BaseImage base = BaseImage.prepare(CACHE);
        JibImage.ofExecutableJar(oldJar, base, CACHE).writeOciArchive(folder.resolve("old.tar"), "zipkin:2.23.16");
        JibImage.ofExecutableJar(newJar, base, CACHE).writeOciArchive(folder.resolve("new.tar"), "zipkin:2.23.18");

        HotpatchCommand.Outcome explained = new HotpatchCommand(
                        Path.of("../cli/target/hotpatch").toAbsolutePath(), folder, Map.of())
                .withJavaOptions("-Xmx512m")
                .run(6, "explain", "oci-archive:old.tar", "oci-archive:new.tar", "--json");
        System.out.printf(
                "zipkin-server 2.23.16 to 2.23.18: planned in %,d ms%n",
                explained.time().toMillis());

        Map<String, Set<String>> before = classes(oldJar);
        Map<String, Set<String>> after = classes(newJar);
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.retainAll(after.keySet());
        changed.removeIf(name -> before.get(name).equals(after.get(name)));
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        Set<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(after.keySet());

        JsonObject plan = explained.json();
        assertEquals("restart", plan.string("verdict", 99));
        Map<String, Set<String>> decided = decisions(plan.object("plan"));
        Set<String> lifted = decided.getOrDefault("lift", Set.of());
        Set<String> blocked = decided.getOrDefault("blocked", Set.of());
        Set<String> settled = new TreeSet<>(decided.getOrDefault("redefine", Set.of()));
        settled.addAll(decided.getOrDefault("noise", Set.of()));
        settled.addAll(within(blocked, before.keySet()));
        // A class that is the same on both sides is lifted where code of it uses what has changed, and for no other
        // reason.
        settled.addAll(within(lifted, changed));
        assertEquals(named(changed), named(settled));
        assertEquals(Set.of(), without(lifted, before.keySet()));

        Set<String> news = new TreeSet<>(decided.getOrDefault("new-class", Set.of()));
        Set<String> companions = new TreeSet<>(news);
        companions.removeIf(name -> !name.contains(COMPANION));
        news.removeAll(companions);
        news.addAll(without(blocked, before.keySet()));
        assertEquals(named(added), named(news));
        assertEquals(named(removed), named(decided.getOrDefault("removed", Set.of())));
        for (String companion : companions) {
            String owner = companion.substring(0, companion.indexOf(COMPANION));
            assertTrue(before.containsKey(owner) || after.containsKey(owner), companion + " belongs to no class");
        }
        // A numbered class of the base is never passed over, whatever number it is paired with.
        Set<String> all = new TreeSet<>();
        decided.values().forEach(all::addAll);
        assertEquals(Set.of(), without(removed, all));
        assertEquals(Set.of(), without(changed, all));
        assertTrue(changed.size() > 500, "the releases differ in " + changed.size() + " classes");
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private static Set<String> within(Set<String> all, Set<String> others) {
        Set<String> both = new TreeSet<>(all);
        both.retainAll(others);
        return both;
    }

    /** Those that no compiler has numbered; numbered ones are paired by what they do. */
    private static Set<String> named(Set<String> names) {
        Set<String> named = new TreeSet<>(names);
        named.removeIf(name -> name.matches(".*\\$\\d.*"));
        return named;
    }

    private static Map<String, Set<String>> decisions(JsonObject plan) throws IOException {
        Map<String, Set<String>> byDecision = new TreeMap<>();
        for (JsonObject unit : plan.objects("units", 10_000)) {
            for (JsonObject change : unit.objects("classes", 100_000)) {
                byDecision
                        .computeIfAbsent(change.string("decision", 99), any -> new TreeSet<>())
                        .add(change.string("name", 9_999));
            }
        }
        return byDecision;
    }

    /** The digests of all class files of each name, in the jar and the jars in it; those for certain Java versions left out. */
    private static Map<String, Set<String>> classes(Path jar) throws Exception {
        Map<String, Set<String>> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream in = zip.getInputStream(entry)) {
                    if (entry.getName().endsWith(".jar")) {
                        ZipInputStream inner = new ZipInputStream(in);
                        for (ZipEntry next = inner.getNextEntry(); next != null; next = inner.getNextEntry()) {
                            add(classes, next.getName(), inner);
                        }
                    } else {
                        add(classes, entry.getName().replaceFirst("^BOOT-INF/classes/", ""), in);
                    }
                }
            }
        }
        return classes;
    }

    private static void add(Map<String, Set<String>> classes, String name, InputStream in) throws Exception {
        // A module's descriptor is no class: what changes in it is a warning.
        if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            classes.computeIfAbsent(name.substring(0, name.length() - ".class".length()), any -> new TreeSet<>())
                    .add(HexFormat.of().formatHex(digest));
        }
    }
}
