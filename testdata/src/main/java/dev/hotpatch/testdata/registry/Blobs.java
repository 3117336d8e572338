package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/<name>/blobs/<digest>}. */
final class Blobs {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final Store store;

    Blobs(Store store) {
        this.store = store;
    }

    Reply handle(Request request, String repository, String digest) throws IOException, RegistryError {
        Path file = store.blob(repository, digest)
                .orElseThrow(() -> RegistryError.of(404, "BLOB_UNKNOWN", "no blob " + digest + " in " + repository));
        if (request.is("DELETE")) {
            store.deleteBlob(repository, digest);
            return Reply.empty(202);
        }
        if (!request.is("GET", "HEAD")) {
            throw RegistryError.of(405, "UNSUPPORTED", request.method() + " on a blob");
        }
        return content(request, file).with("Docker-Content-Digest", digest).with("Accept-Ranges", "bytes");
    }

    private static Reply content(Request request, Path file) throws IOException, RegistryError {
        long size = Files.size(file);
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        if (!request.is("GET") || !range.matches()) {
            return Reply.file(200, file, 0, size);
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return Reply.file(200, file, 0, size);
        }
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        if (from >= size || to < from) {
            return RegistryError.of(416, "RANGE_INVALID", "not within " + size + " bytes")
                    .reply()
                    .with("Content-Range", "bytes */" + size);
        }
        return Reply.file(206, file, from, to - from + 1)
                .with("Content-Range", "bytes " + from + "-" + to + "/" + size);
    }
}
