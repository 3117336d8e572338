package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.Incoming;
import dev.hotpatch.registryclient.transport.Outgoing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A blob's bytes from an offset on; asks for the rest where a connection breaks. Hashes nothing. For one thread. */
final class ResumingBlob extends InputStream {
    private final Endpoint endpoint;
    private final Repository repository;
    private final Descriptor blob;
    private final Deadline deadline;
    private final Progress progress;
    private @Nullable Incoming current;
    private long position;
    private int failures;

    private ResumingBlob(
            Endpoint endpoint,
            Repository repository,
            Descriptor blob,
            long start,
            Deadline deadline,
            Progress progress) {
        this.endpoint = endpoint;
        this.repository = repository;
        this.blob = blob;
        this.position = start;
        this.deadline = deadline;
        this.progress = progress;
    }

    /** Asks for the content at once, so that a blob that is not there is noticed here. */
    static ResumingBlob open(
            Endpoint endpoint, Repository repository, Descriptor blob, long start, Deadline deadline, Progress progress)
            throws IOException {
        ResumingBlob stream = new ResumingBlob(endpoint, repository, blob, start, deadline, progress);
        // Never asked for: an empty range, which registries answer in ways that no client understands.
        if (start < blob.size()) {
            stream.current = endpoint.retries().run(deadline, stream::request);
        }
        return stream;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            try {
                if (current == null) {
                    if (position >= blob.size()) {
                        return -1;
                    }
                    current = request();
                }
                int count = current.body().read(buffer, offset, length);
                if (count < 0 && position < blob.size()) {
                    throw new EOFException(
                            blob.digest() + " ended after " + position + " of " + blob.size() + " bytes");
                }
                if (count > 0) {
                    position += count;
                    failures = 0;
                    progress.transferred(blob, position);
                }
                return count;
            } catch (IOException e) {
                close();
                deadline.remaining();
                endpoint.retries().pauseAfter(e, ++failures, deadline);
            }
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private Incoming request() throws IOException {
        Incoming reply = ask(position > 0);
        if (reply.status() == 416 && position > 0) {
            reply.close();
            reply = ask(false);
        }
        boolean done = false;
        try {
            if (reply.status() == 200) {
                requireWhole(reply);
                // The range was ignored: what is there already comes again.
                reply.body().skipNBytes(position);
            } else if (reply.status() != 206 || !startsHere(reply)) {
                throw endpoint.failure(reply, repository, "get blob " + blob.digest() + " from " + position + " of");
            }
            done = true;
            return reply;
        } finally {
            if (!done) {
                reply.close();
            }
        }
    }

    /** Asking again helps where a connection broke, and not where the registry itself has lost or gained some of the content. */
    private void requireWhole(Incoming reply) throws DigestMismatchException {
        String length = reply.header("Content-Length").orElse("");
        if (length.matches("\\d{1,18}") && Long.parseLong(length) != blob.size()) {
            throw new DigestMismatchException(repository + ": the registry has " + length + " bytes of " + blob.digest()
                    + ", expected " + blob.size() + "; it is damaged, push the content again");
        }
    }

    private Incoming ask(boolean rest) throws IOException {
        Outgoing request = Outgoing.get(endpoint.uri(repository, "blobs/" + blob.digest()));
        if (rest) {
            request = request.with("Range", "bytes=" + position + "-" + (blob.size() - 1));
        }
        return endpoint.send(repository, Endpoint.toPull(repository), request, deadline);
    }

    private boolean startsHere(Incoming reply) {
        return reply.header("Content-Range").orElse("").matches("bytes " + position + "-\\d+/(\\d+|\\*)");
    }
}
