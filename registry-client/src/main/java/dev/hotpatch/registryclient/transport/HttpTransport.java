package dev.hotpatch.registryclient.transport;

import dev.hotpatch.registryclient.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Sends requests. For any thread; {@link #close} ends its connections. */
public final class HttpTransport implements AutoCloseable {
    private static final int MAX_HOPS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OkHttpClient.Builder settings;
    private final AddressRules rules;

    /** Made when it is first needed: many commands may ask a registry, few do, and the system's authorities take long to read. */
    private @Nullable OkHttpClient client;

    /**
     * A transport with nothing connected yet.
     *
     * @param trust who may vouch for a registry; empty for the system's
     * @param stall how long a connection may stay silent
     * @param resolver finds the addresses of registries
     */
    public HttpTransport(
            Optional<Trust> trust,
            Duration connect,
            Duration stall,
            AddressRules rules,
            AddressRules.Resolver resolver) {
        this.settings = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                // Otherwise the library repeats requests by itself, 408 for example, and behind the back of the policy.
                .retryOnConnectionFailure(false)
                .dns(resolver::resolve)
                .connectTimeout(connect)
                .readTimeout(stall)
                .writeTimeout(stall);
        trust.ifPresent(value -> settings.sslSocketFactory(value.factory(), value.manager()));
        this.rules = rules;
    }

    private synchronized OkHttpClient client() {
        OkHttpClient made = client;
        if (made == null) {
            made = settings.build();
            client = made;
        }
        return made;
    }

    /** Sends one request, once, and follows no redirect. */
    public Incoming send(Outgoing outgoing, Deadline deadline) throws IOException {
        HttpUrl url = HttpUrl.get(outgoing.uri());
        if (url == null) {
            throw new RegistryException(outgoing + ": not an http or https address");
        }
        // Without a word about encodings the library would ask for gzip and hand out something else than was sent.
        Request.Builder request =
                new Request.Builder().url(url).header("User-Agent", "hotpatch").header("Accept-Encoding", "identity");
        outgoing.headers().forEach(request::header);
        request.method(outgoing.method(), outgoing.body().map(StreamedBody::new).orElse(null));
        Call call = client().newCall(request.build());
        call.timeout().timeout(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS);
        try {
            return new Incoming(outgoing, call.execute());
        } catch (IOException e) {
            deadline.remaining();
            throw failure(outgoing, e);
        }
    }

    private static IOException failure(Outgoing outgoing, IOException cause) {
        if (cause instanceof FileSystemException || cause instanceof RegistryException) {
            return cause; // Of the content that was to be sent.
        }
        String advice = cause instanceof SSLException
                ? "; if the registry speaks plain HTTP, allow it for this host, and if it has a certificate authority of its own,"
                        + " give that authority's file"
                : "; check the registry's name and that it can be reached";
        return new RegistryException(outgoing + ": " + cause.getMessage() + advice, cause);
    }

    /**
     * Sends a request and follows redirects, at most {@value #MAX_HOPS}: 307 and 308 with the same method, 303 with GET, 301 and
     * 302 for GET and HEAD. A body goes to the same origin only; Authorization never leaves its origin.
     */
    public Incoming follow(Outgoing outgoing, Deadline deadline) throws IOException {
        Outgoing request = outgoing;
        for (int hop = 0; hop <= MAX_HOPS; hop++) {
            Incoming reply = send(request, deadline);
            Optional<String> location = reply.header("Location");
            if (!REDIRECTS.contains(reply.status()) || location.isEmpty()) {
                return reply;
            }
            try (reply) {
                request = next(request, reply.status(), location.get());
            }
        }
        throw new RegistryException(outgoing + ": more than " + MAX_HOPS + " redirects");
    }

    private Outgoing next(Outgoing request, int status, String location) throws IOException {
        URI target = resolve(request, location);
        rules.check(request.uri(), target, "redirect target");
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        boolean same = Origin.of(request.uri()).equals(Origin.of(target));
        Outgoing moved = request.to(target);
        if (!reads && status == 303) {
            moved = Outgoing.get(target);
        } else if (!reads && (status <= 303 || !same)) {
            throw new RegistryException(request + ": answered " + status + " to " + Origin.of(target) + "; a "
                    + request.method() + " is not sent there");
        }
        return same ? moved : moved.without("Authorization");
    }

    /** The address in a Location header, which may be relative to the request. */
    public static URI resolve(Outgoing request, String location) throws RegistryException {
        try {
            return request.uri().resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(request + ": the answer's Location is not an address", e);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private static final class StreamedBody extends RequestBody {
        private final Outgoing.Body body;

        StreamedBody(Outgoing.Body body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return MediaType.parse(body.contentType());
        }

        @Override
        public long contentLength() {
            return body.length();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (InputStream in = body.source().open();
                    Source source = Okio.source(in)) {
                sink.write(source, body.length());
            }
        }
    }
}
