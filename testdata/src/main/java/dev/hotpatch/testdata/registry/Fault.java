package dev.hotpatch.testdata.registry;

import java.time.Duration;
import java.util.Map;

/** Something that goes wrong with one request. */
public sealed interface Fault {
    /** Answers this instead of handling the request. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** Closes the connection before anything is handled. */
    record Drop() implements Fault {}

    /** Closes the connection after the request body's first {@code bytes} bytes; what they did stays done. */
    record DropRequest(long bytes) implements Fault {}

    /** Handles the request, then closes the connection without an answer. */
    record LoseReply() implements Fault {}

    /** Closes the connection after the answer body's first {@code bytes} bytes. */
    record Truncate(long bytes) implements Fault {}

    /** Inverts the lowest bit of the answer body's byte at {@code offset}. */
    record FlipBit(long offset) implements Fault {}

    /** Pauses once, before the answer body's byte at {@code offset}; ends early when the registry closes. */
    record Stall(long offset, Duration pause) implements Fault {}

    /** Acts as if the request did not have this header. */
    record IgnoreHeader(String name) implements Fault {}

    /** Adds or replaces a header of the answer. */
    record ChangeHeader(String name, String value) implements Fault {}

    static Answer status(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Answer retryAfter(int status, String when) {
        return new Answer(status, Map.of("Retry-After", when), "");
    }

    static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), "");
    }
}
