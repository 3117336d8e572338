package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The payload of the second signature form: an in-toto Statement v1 with the predicate type of cosign's image signatures. That
 * predicate is empty, so the repository is said by the subject: in its name, or in its annotation
 * {@value #REPOSITORY}, which {@code cosign sign -a} can write. At least one of the two must be there, and every one that is there counts.
 */
final class Statement {
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    static final String PREDICATE_TYPE = "https://sigstore.dev/cosign/sign/v1";

    /** The annotation of the subject that names the repository. */
    static final String REPOSITORY = "dev.hotpatch.repository";

    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final String WHAT = "in-toto statement";
    private static final int MAX_ANNOTATIONS = 64;

    private Statement() {}

    static byte[] write(Claim claim) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("name", claim.repository());
        subject.put("digest", Map.of("sha256", claim.patch().hex()));
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("_type", TYPE);
        statement.put("subject", List.of(subject));
        statement.put("predicateType", PREDICATE_TYPE);
        statement.put("predicate", Map.of());
        return JsonWriter.compact(statement);
    }

    static Claim read(byte[] payload) throws VerificationException {
        try {
            JsonObject json = JsonObject.parse(payload, WHAT);
            json.onlyFields(Set.of("_type", "subject", "predicateType", "predicate"));
            expect(json, "_type", TYPE);
            expect(json, "predicateType", PREDICATE_TYPE);
            json.object("predicate");
            List<JsonObject> subjects = json.objects("subject", 1);
            if (subjects.isEmpty()) {
                throw new JsonException(WHAT + ".subject: empty, expected one element");
            }
            JsonObject subject = subjects.get(0);
            subject.onlyFields(Set.of("name", "digest", "annotations"));
            JsonObject digest = subject.object("digest");
            digest.onlyFields(Set.of("sha256"));
            return Claim.read(repository(subject), "sha256:" + digest.string("sha256", 64));
        } catch (JsonException e) {
            throw VerificationException.malformed(e);
        }
    }

    private static String repository(JsonObject subject) throws JsonException, VerificationException {
        Optional<String> name =
                subject.optionalString("name", Claim.MAX_REPOSITORY).filter(text -> !text.isEmpty());
        Optional<String> annotation =
                Optional.ofNullable(subject.stringMap("annotations", MAX_ANNOTATIONS, Claim.MAX_REPOSITORY)
                        .get(REPOSITORY));
        if (name.isPresent() && annotation.isPresent() && !name.equals(annotation)) {
            throw new VerificationException(
                    Reason.WRONG_REPOSITORY,
                    WHAT + ": names two repositories, " + name.get() + " and " + annotation.get());
        }
        return name.or(() -> annotation)
                .orElseThrow(() -> new VerificationException(
                        Reason.WRONG_REPOSITORY,
                        WHAT + ": names no repository, neither as its subject's name nor in the annotation "
                                + REPOSITORY));
    }

    private static void expect(JsonObject json, String field, String value)
            throws JsonException, VerificationException {
        String found = json.string(field, 256);
        if (!found.equals(value)) {
            throw new VerificationException(
                    Reason.WRONG_TYPE, WHAT + "." + field + ": expected " + value + ", found " + found);
        }
    }
}
