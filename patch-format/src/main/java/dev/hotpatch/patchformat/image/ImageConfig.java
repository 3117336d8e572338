package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What hotpatch needs of an image's config (OCI image specification, config.md).
 *
 * @param bytes the config itself; do not modify
 * @param digest of the config's bytes; container runtimes call it the image id
 * @param platform what the image runs on
 * @param diffIds digests of the uncompressed layers, from the bottom up
 * @param environment {@code NAME=value}
 * @param entrypoint the command's fixed part
 * @param command the command's default arguments
 */
public record ImageConfig(
        byte[] bytes,
        Digest digest,
        Platform platform,
        List<Digest> diffIds,
        List<String> environment,
        List<String> entrypoint,
        List<String> command) {
    /** Larger configs are refused. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_LAYERS = 1024;
    private static final int MAX_WORDS = 4096;
    private static final int MAX_WORD = 256 * 1024;

    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
    }

    public static ImageConfig parse(byte[] bytes) throws JsonException {
        if (bytes.length > MAX_BYTES) {
            throw new JsonException("image config: " + bytes.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        JsonObject json = JsonObject.parse(bytes, "image config");
        List<Digest> diffIds = new ArrayList<>();
        for (String diffId : json.object("rootfs").strings("diff_ids", MAX_LAYERS, 256)) {
            diffIds.add(digest(diffId));
        }
        Optional<JsonObject> config = json.optionalObject("config");
        return new ImageConfig(
                bytes.clone(),
                Digest.of(bytes),
                new Platform(
                        json.optionalString("os", 64).orElse("linux"),
                        json.optionalString("architecture", 64).orElse(""),
                        json.optionalString("variant", 64).orElse("")),
                diffIds,
                words(config, "Env"),
                words(config, "Entrypoint"),
                words(config, "Cmd"));
    }

    private static Digest digest(String text) throws JsonException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("image config.rootfs.diff_ids: " + e.getMessage());
        }
    }

    private static List<String> words(Optional<JsonObject> config, String field) throws JsonException {
        return config.isPresent() ? config.get().strings(field, MAX_WORDS, MAX_WORD) : List.of();
    }
}
