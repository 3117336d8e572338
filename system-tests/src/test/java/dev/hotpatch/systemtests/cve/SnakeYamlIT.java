package dev.hotpatch.systemtests.cve;

import dev.hotpatch.testdata.cve.SnakeYaml;

/** CVE-2022-1471 in SnakeYAML, over a major release, in which its jar becomes a multi-release one. */
final class SnakeYamlIT extends LivePatchedVictim {
    SnakeYamlIT() {
        super(
                new SnakeYaml(),
                "{name=lamp, price=12, sizes=[1, 2]}",
                "Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager");
    }
}
