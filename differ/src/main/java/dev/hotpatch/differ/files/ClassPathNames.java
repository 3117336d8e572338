package dev.hotpatch.differ.files;

import dev.hotpatch.differ.pairing.ArtifactName;
import java.util.ArrayList;
import java.util.List;

/** Class paths as text, as start commands and build tools' lists have them. */
final class ClassPathNames {
    private ClassPathNames() {}

    /** True if two texts differ in nothing but versions in the names of jars. */
    static boolean differOnlyInVersions(String base, String target) {
        return withoutVersions(base).equals(withoutVersions(target));
    }

    private static List<String> withoutVersions(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[:;,\\s\"]+", -1)) {
            int slash = word.lastIndexOf('/') + 1;
            boolean jar = word.endsWith(".jar");
            words.add(jar ? word.substring(0, slash) + ArtifactName.of(word.substring(slash)) : word);
        }
        return words;
    }
}
