package dev.hotpatch.registryclient.registry;

import dev.hotpatch.registryclient.auth.CredentialSource;
import dev.hotpatch.registryclient.transport.AddressRules;
import dev.hotpatch.registryclient.transport.Pause;
import dev.hotpatch.registryclient.transport.RetryPolicy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** How registries are spoken to. For one thread; {@link Registry#open} takes what stands here at that moment. */
public final class RegistryOptions {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    final Set<String> http = new HashSet<>();
    final Set<String> https = new HashSet<>();
    Optional<Path> authorities = Optional.empty();
    Duration deadline = Duration.ofMinutes(30);
    Duration connect = Duration.ofSeconds(10);
    Duration stall = Duration.ofSeconds(60);
    RetryPolicy retries = RetryPolicy.DEFAULT;
    CredentialSource credentials = CredentialSource.ofThisUser();
    Progress progress = Progress.silent();
    long chunkBytes = 64L << 20;
    Clock clock = Clock.systemUTC();
    Pause pause = duration -> Thread.sleep(duration.toMillis());
    RandomGenerator random = RandomGenerator.getDefault();
    AddressRules.Resolver resolver = host -> List.of(InetAddress.getAllByName(host));

    /** Speaks plain HTTP to this host ({@code host} for all its ports, or {@code host:port}). */
    public RegistryOptions allowHttp(String host) {
        http.add(host);
        return this;
    }

    /** Speaks HTTPS to this host, where plain HTTP is the default: 127.0.0.1, localhost and [::1]. */
    public RegistryOptions requireTls(String host) {
        https.add(host);
        return this;
    }

    /** Trusts the certificate authorities in this PEM file as well as the system's. */
    public RegistryOptions trust(Path pem) {
        authorities = Optional.of(pem);
        return this;
    }

    /** How long one operation may take, with all its requests and pauses; 30 minutes if not given. */
    public RegistryOptions deadline(Duration total) {
        deadline = total;
        return this;
    }

    /** How long a connection may take to come about, and how long it may then be silent; 10 and 60 seconds if not given. */
    public RegistryOptions timeouts(Duration connecting, Duration silence) {
        connect = connecting;
        stall = silence;
        return this;
    }

    public RegistryOptions retries(RetryPolicy policy) {
        retries = policy;
        return this;
    }

    /** Where credentials come from; the logins of docker and podman if not given. */
    public RegistryOptions credentials(CredentialSource source) {
        credentials = source;
        return this;
    }

    public RegistryOptions progress(Progress listener) {
        progress = listener;
        return this;
    }

    /** Blobs larger than this are sent in chunks of this size; 64 MiB if not given. */
    public RegistryOptions chunkBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 byte, not " + bytes);
        }
        chunkBytes = bytes;
        return this;
    }

    public RegistryOptions clock(Clock source) {
        clock = source;
        return this;
    }

    public RegistryOptions pause(Pause way) {
        pause = way;
        return this;
    }

    /** Where the length of pauses comes from. */
    public RegistryOptions random(RandomGenerator source) {
        random = source;
        return this;
    }

    /** How host names become addresses; all of them are tried. */
    public RegistryOptions resolver(AddressRules.Resolver source) {
        resolver = source;
        return this;
    }

    boolean speaksHttp(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        if (https.contains(host) || https.contains(name)) {
            return false;
        }
        return LOOPBACK.contains(name) || http.contains(host) || http.contains(name);
    }
}
