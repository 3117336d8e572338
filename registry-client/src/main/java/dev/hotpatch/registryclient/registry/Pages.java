package dev.hotpatch.registryclient.registry;

import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.HttpTransport;
import dev.hotpatch.registryclient.transport.Incoming;
import dev.hotpatch.registryclient.transport.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks a list that comes in pages, each of which names the next one in its {@code Link} header (RFC 8288). */
final class Pages {
    private static final int MAX_PAGES = 1000;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*?;\\s*rel\\s*=\\s*\"?next\"?(?=\\s*(?:[;,]|$))");

    private final Endpoint endpoint;

    Pages(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Takes one page; its status may be anything. */
    @FunctionalInterface
    interface Page {
        /** Returns whether the page was what was asked for and the walk may go on. */
        boolean take(Incoming reply) throws IOException;
    }

    /** Walks from {@code first} until there is no next page; false if a page was refused. */
    boolean walk(Repository repository, URI first, Page page, Deadline deadline) throws IOException {
        Set<URI> seen = new HashSet<>();
        for (URI uri = first; uri != null; ) {
            if (!seen.add(uri) || seen.size() > MAX_PAGES) {
                throw new RegistryException(repository + ": the list has no end: page " + seen.size()
                        + " leads to one that was read before, or there are more than " + MAX_PAGES);
            }
            URI asked = uri;
            Step step = endpoint.retries().run(deadline, () -> step(repository, asked, page, deadline));
            if (!step.taken) {
                return false;
            }
            uri = step.next;
        }
        return true;
    }

    private Step step(Repository repository, URI uri, Page page, Deadline deadline) throws IOException {
        try (Incoming reply = endpoint.send(repository, Endpoint.toPull(repository), Outgoing.get(uri), deadline)) {
            if (!page.take(reply)) {
                return new Step(false, null);
            }
            Optional<String> link = next(String.join(", ", reply.headers("Link")));
            if (link.isEmpty()) {
                return new Step(true, null);
            }
            URI next = HttpTransport.resolve(reply.request(), link.get());
            endpoint.requireOrigin(repository, next);
            return new Step(true, next);
        }
    }

    static Optional<String> next(String header) {
        Matcher matcher = NEXT.matcher(header);
        return header.length() <= 8192 && matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private record Step(boolean taken, @Nullable URI next) {}
}
