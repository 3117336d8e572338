package dev.hotpatch.systemtests.activemq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.Exploit;
import dev.hotpatch.testdata.activemq.Figures;
import dev.hotpatch.testdata.activemq.RunningBroker;
import dev.hotpatch.testdata.activemq.SteadyClient;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainBrokerIT {
    private static final Path JAVA = ActiveMq.ownJava();

    @TempDir
    Path scratch;

    @Test
    void vulnerableBrokerCreatesTheAttackersObject() throws Exception {
        ActiveMq version = fetch("5.16.6");
        try (RunningBroker broker = start(version)) {
            Exploit exploit = version.attack(JAVA, broker.ports().traced());
            assertTrue(exploit.succeeded(), exploit.text());
            broker.jvm().await("REACHED", 0, Duration.ofSeconds(5));
        }
    }

    @Test
    void fixedBrokerRefusesAndItsLogSaysWhy() throws Exception {
        ActiveMq version = fetch("5.16.7");
        try (RunningBroker broker = start(version)) {
            Exploit exploit = version.attack(JAVA, broker.ports().traced());
            assertFalse(exploit.succeeded(), exploit.text());
            System.out.println(broker.jvm().await("is not assignable to Throwable", 0, Duration.ofSeconds(5)));
        }
    }

    @Test
    void steadyClientCountsEveryMessageAndSeesNoDrop() throws Exception {
        ActiveMq version = fetch("5.16.6");
        try (RunningBroker broker = start(version);
                SteadyClient client = version.startClient(JAVA, broker.ports().clients(), "numbers", 500)) {
            client.awaitReceived(1_000);
            Figures first = client.endPhase("first");
            assertEquals(0, first.number("drops"));
            Figures totals = client.stop();
            System.out.println(first);
            System.out.println(totals);
            assertEquals(0, totals.number("lost"), totals.toString());
            assertEquals(0, totals.number("duplicated"), totals.toString());
            assertEquals(0, totals.number("drops"), totals.toString());
        }
    }

    @Test
    void steadyClientNoticesALostConnection() throws Exception {
        ActiveMq version = fetch("5.16.6");
        try (RunningBroker broker = start(version);
                SteadyClient client = version.startClient(JAVA, broker.ports().clients(), "numbers", 500)) {
            client.awaitReceived(100);
            broker.jvm().end();
            assertTrue(client.stop().number("drops") > 0);
        }
    }

    private ActiveMq fetch(String version) throws Exception {
        return ActiveMq.fetch(
                version,
                MavenArtifacts.fromEnvironment(System.getenv()),
                CacheFolder.fromEnvironment(System.getenv()),
                scratch);
    }

    private RunningBroker start(ActiveMq version) throws Exception {
        return version.startBroker(JAVA, List.of("-Xmx128m"), Map.of(), scratch.resolve("data"));
    }
}
