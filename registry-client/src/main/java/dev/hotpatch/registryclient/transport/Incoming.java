package dev.hotpatch.registryclient.transport;

import dev.hotpatch.registryclient.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;

/** An answer. The receiver closes it; for one thread. */
public final class Incoming implements AutoCloseable {
    private final Outgoing request;
    private final Response response;

    Incoming(Outgoing request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** The request that this answers: the last one of a chain of redirects. */
    public Outgoing request() {
        return request;
    }

    public int status() {
        return response.code();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(response.header(name));
    }

    public List<String> headers(String name) {
        return response.headers(name);
    }

    /** The body as it came over the wire: hashed by nobody, bounded by nobody. */
    public InputStream body() {
        return response.body().byteStream();
    }

    /** The whole body, which may have at most {@code max} bytes. */
    public byte[] bytes(int max) throws IOException {
        byte[] bytes = body().readNBytes(max + 1);
        if (bytes.length > max) {
            throw new RegistryException(request + ": the answer has more than the " + max + " bytes that are read");
        }
        return bytes;
    }

    @Override
    public void close() {
        response.close();
    }
}
