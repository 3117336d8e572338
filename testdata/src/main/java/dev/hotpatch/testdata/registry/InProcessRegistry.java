package dev.hotpatch.testdata.registry;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An OCI registry (distribution specification 1.1) that listens on 127.0.0.1 only. For any thread; {@link #close} ends it, and
 * deletes its content unless a directory was given.
 */
public final class InProcessRegistry implements AutoCloseable {
    static {
        // Without it every answer waits for the peer's delayed acknowledgement: 40 ms a request.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Connector connector;
    private final Faults faults;
    private final Access access;
    private final CountDownLatch closing;
    private final Optional<Path> temporary;
    private final Optional<FrontDoor> door;

    private InProcessRegistry(Builder builder) throws IOException {
        temporary = builder.directory == null
                ? Optional.of(Files.createTempDirectory("hotpatch-registry"))
                : Optional.empty();
        Store store = new Store(builder.directory == null ? temporary.orElseThrow() : builder.directory);
        faults = new Faults();
        closing = new CountDownLatch(1);
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "in-process-registry");
            thread.setDaemon(true);
            return thread;
        });
        server = listen(builder);
        door = builder.tls == null
                ? Optional.of(new FrontDoor(builder.port, server.getAddress(), threads))
                : Optional.empty();
        String realm = builder.realm.isEmpty()
                ? (builder.tls == null ? "http" : "https") + "://" + host() + "/token"
                : builder.realm;
        access = builder.tokens != null
                ? new TokenService(builder.tokens, builder.clock, realm)
                : builder.passwords.isEmpty() ? Access.open() : Access.basic(Map.copyOf(builder.passwords));
        Router router = new Router(
                access,
                new Blobs(store),
                new Uploads(store, builder.maxBlobBytes),
                new Manifests(store, builder.referrers),
                new Listings(store, builder.pageSize),
                builder.referrers);
        connector = new Connector(router, faults, closing);
        server.setExecutor(threads);
        server.createContext("/", connector);
        server.start();
        door.ifPresent(FrontDoor::start);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A registry with the referrers API, open to everybody, on a free port. */
    public static InProcessRegistry start() throws IOException {
        return builder().start();
    }

    /** {@code 127.0.0.1:port}, as it stands in an image reference. */
    public String host() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return door.isPresent() ? door.get().port() : server.getAddress().getPort();
    }

    public Faults faults() {
        return faults;
    }

    /** The last 10,000 requests, oldest first. */
    public List<SeenRequest> requests() {
        return connector.recorded();
    }

    /** Bearer tokens that were handed out stop working. */
    public void forgetTokens() {
        if (access instanceof TokenService tokens) {
            tokens.forgetTokens();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (door.isPresent()) {
                door.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close port " + port(), e);
        } finally {
            server.stop(0);
        }
        threads.shutdownNow();
        try {
            // A request that is still being handled could put a file into the folder while it is deleted.
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        temporary.filter(Files::exists).ifPresent(InProcessRegistry::delete);
    }

    private static HttpServer listen(Builder builder) throws IOException {
        if (builder.tls == null) {
            return HttpServer.create(new InetSocketAddress(FrontDoor.loopback(), 0), 0);
        }
        HttpsServer https = HttpsServer.create(new InetSocketAddress(FrontDoor.loopback(), builder.port), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(builder.tls));
        return https;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the registry's temporary directory " + folder, e);
        }
    }

    /** How a registry behaves. For one thread. */
    public static final class Builder {
        private final Map<String, String> passwords = new HashMap<>();
        private int port;
        private @Nullable Path directory;
        private boolean referrers = true;
        private @Nullable TokenAuth tokens;
        private String realm = "";
        private @Nullable SSLContext tls;
        private int pageSize = 1000;
        private long maxBlobBytes = 16L << 30;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** The port; 0, the default, takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Keeps the content here, also after {@link InProcessRegistry#close}; the default is a temporary directory. */
        public Builder directory(Path folder) {
            directory = folder;
            return this;
        }

        /** Behaves as registries before distribution specification 1.1: no referrers API, no {@code OCI-Subject}. */
        public Builder withoutReferrers() {
            referrers = false;
            return this;
        }

        /** Asks for a user and a password; may be called for several users. */
        public Builder basicAuth(String user, String password) {
            passwords.put(user, password);
            return this;
        }

        /** Asks for bearer tokens, which its own endpoint {@code /token} hands out. */
        public Builder tokenAuth(TokenAuth auth) {
            tokens = auth;
            return this;
        }

        /** The token endpoint that challenges name, in place of the registry's own. */
        public Builder realm(String url) {
            realm = url;
            return this;
        }

        public Builder tls(SSLContext context) {
            tls = context;
            return this;
        }

        /** How many entries a page of a list has at most; 1000 if not given. */
        public Builder pageSize(int entries) {
            pageSize = entries;
            return this;
        }

        public Builder maxBlobBytes(long bytes) {
            maxBlobBytes = bytes;
            return this;
        }

        /** The clock by which tokens expire. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Starts to listen. The caller closes the registry. */
        public InProcessRegistry start() throws IOException {
            return new InProcessRegistry(this);
        }
    }
}
