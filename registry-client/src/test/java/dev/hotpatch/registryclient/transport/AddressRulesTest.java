package dev.hotpatch.registryclient.transport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.registryclient.RegistryException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
final class AddressRulesTest {
    private static final Map<String, String> NAMES = Map.of(
            "reg.example", "192.0.2.1",
            "auth.example", "192.0.2.2",
            "rebound.example", "127.0.0.1",
            "metadata.example", "169.254.169.254",
            "localhost", "127.0.0.1");

    private final AddressRules rules = new AddressRules(AddressRulesTest::resolve);

    @ParameterizedTest
    @CsvSource({
        "https://reg.example/,  https://auth.example/token",
        "https://reg.example/,  https://10.1.2.3/token",
        "http://reg.example/,   https://auth.example/token",
        "http://reg.example/,   http://auth.example/token",
        "http://localhost:1/,   http://127.0.0.1:2/token",
        "https://reg.example/,  https://unknown.example/",
    })
    void allows(String from, String to) {
        assertDoesNotThrow(() -> rules.check(URI.create(from), URI.create(to), "token service"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://reg.example/,  http://auth.example/token",
        "https://reg.example/,  https://u:p@auth.example/",
        "https://reg.example/,  https://127.0.0.1/",
        "https://reg.example/,  https://[::1]/",
        "https://reg.example/,  https://[::ffff:127.0.0.1]/",
        "https://reg.example/,  https://0.0.0.0/",
        "https://reg.example/,  https://localhost/",
        "https://reg.example/,  https://rebound.example/",
        "http://reg.example/,   http://169.254.169.254/latest",
        "http://reg.example/,   http://metadata.example/",
        "http://reg.example/,   http://100.100.100.200/",
        "http://reg.example/,   http://[fd00:ec2::254]/",
        "http://reg.example/,   file:///etc/passwd",
        "http://reg.example/,   ftp://auth.example/",
    })
    void refuses(String from, String to) {
        assertThrows(RegistryException.class, () -> rules.check(URI.create(from), URI.create(to), "token service"));
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        boolean literal = host.matches("[0-9.]+|.*:.*");
        if (!literal && !NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByName(literal ? host : NAMES.getOrDefault(host, host)));
    }
}
