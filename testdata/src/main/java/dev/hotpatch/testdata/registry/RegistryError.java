package dev.hotpatch.testdata.registry;

import java.util.List;
import java.util.Map;

/** An answer with an error code of the OCI distribution specification. */
final class RegistryError extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    private RegistryError(Reply reply, String message) {
        super(message);
        this.reply = reply;
    }

    static RegistryError of(int status, String code, String message) {
        return of(status, code, message, Map.of());
    }

    static RegistryError of(int status, String code, String message, Map<String, String> headers) {
        byte[] body = Json.write(Map.of("errors", List.of(Map.of("code", code, "message", message))));
        Reply reply = Reply.bytes(status, "application/json", body).with(headers);
        return new RegistryError(reply, message);
    }

    Reply reply() {
        return reply;
    }
}
