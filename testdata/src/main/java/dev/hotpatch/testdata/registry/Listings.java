package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lists, page by page: tags, repositories and referrers. */
final class Listings {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Store store;
    private final int maxPage;

    Listings(Store store, int maxPage) {
        this.store = store;
        this.maxPage = maxPage;
    }

    Reply tags(Request request, String repository) throws IOException, RegistryError {
        if (!store.hasRepository(repository)) {
            throw RegistryError.of(404, "NAME_UNKNOWN", "no repository " + repository);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", repository);
        return names(request, "/v2/" + repository + "/tags/list", "tags", store.tags(repository), body);
    }

    Reply repositories(Request request) throws IOException, RegistryError {
        return names(request, "/v2/_catalog", "repositories", store.repositories(), new LinkedHashMap<>());
    }

    Reply referrers(Request request, String repository, String subject) throws IOException {
        Optional<String> type = request.parameter("artifactType");
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (StoredManifest manifest : store.manifests(repository)) {
            if (manifest.subject().equals(subject)
                    && (type.isEmpty() || type.get().equals(manifest.artifactType()))) {
                all.add(manifest.asReferrer());
            }
        }
        int start = Math.min(
                all.size(), request.parameter("page").map(Listings::number).orElse(0));
        int end = Math.min(all.size(), start + maxPage);
        Map<String, @Nullable Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2L);
        index.put("mediaType", INDEX);
        index.put("manifests", all.subList(start, end));
        Reply reply = Reply.bytes(200, INDEX, Json.write(index));
        if (type.isPresent()) {
            reply = reply.with("OCI-Filters-Applied", "artifactType");
        }
        String filter = type.map(value -> "artifactType=" + escape(value) + "&").orElse("");
        return end == all.size()
                ? reply
                : reply.with(
                        "Link",
                        "</v2/" + repository + "/referrers/" + subject + "?" + filter + "page=" + end
                                + ">; rel=\"next\"");
    }

    private Reply names(Request request, String path, String field, List<String> names, Map<String, Object> body)
            throws RegistryError {
        int size = request.pageSize(maxPage);
        String last = request.parameter("last").orElse("");
        List<String> rest =
                names.stream().filter(name -> name.compareTo(last) > 0).toList();
        List<String> page = rest.stream().limit(size).toList();
        body.put(field, page);
        Reply reply = Reply.bytes(200, "application/json", Json.write(body));
        return page.size() == rest.size() || page.isEmpty()
                ? reply
                : reply.with(
                        "Link",
                        "<" + path + "?n=" + size + "&last=" + escape(page.get(page.size() - 1)) + ">; rel=\"next\"");
    }

    private static String escape(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
