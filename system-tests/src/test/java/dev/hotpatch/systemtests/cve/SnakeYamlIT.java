package dev.hotpatch.systemtests.cve;

import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.cve.SnakeYaml;
import dev.hotpatch.testdata.cve.VictimJars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CVE-2022-1471 in SnakeYAML, over a major release: all of it, but that its jar becomes a module and has a class twice, once for Java 9.
 */
final class SnakeYamlIT extends LivePatchedVictim {
    private static final Pattern CLASSES = Pattern.compile("org/yaml/snakeyaml/.*");

    SnakeYamlIT() {
        super(
                new SnakeYaml(),
                "{name=lamp, price=12, sizes=[1, 2]}",
                "Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager");
    }

    @Override
    LibraryPatch patch(VictimJars jars, Path folder) throws IOException {
        return partly(jars, folder, CLASSES, List.of());
    }
}
