package dev.hotpatch.differ.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactNameTest {
    @ParameterizedTest
    @CsvSource({
        "foo-1.2.jar, foo.jar",
        "log4j-1.2-api-2.17.1.jar, log4j-1.2-api.jar",
        "log4j-1.2.17.jar, log4j.jar",
        "guava-31.1-jre.jar, guava.jar",
        "netty-common-4.1.107.Final.jar, netty-common.jar",
        "netty-transport-native-epoll-4.1.107.Final-linux-x86_64.jar, netty-transport-native-epoll-linux-x86_64.jar",
        "jetty-http-9.4.50.v20221201.jar, jetty-http.jar",
        "app-1.0-20240101.120000-3.jar, app.jar",
        "kotlin-stdlib-jdk8-1.9.0.jar, kotlin-stdlib-jdk8.jar",
        "spring-core-6.0.0-M3.jar, spring-core.jar",
        "app.jar, app.jar",
    })
    void takesTheVersionOut(String fileName, String artefact) {
        assertEquals(artefact, ArtifactName.of(fileName));
    }
}
