package dev.hotpatch.patchformat.oci;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an image runs on (OCI image specification, image-index.md).
 *
 * @param os {@code linux}, …
 * @param architecture Go's name: {@code amd64}, {@code arm64}, …
 * @param variant {@code v8}, …; empty if there is none
 */
public record Platform(String os, String architecture, String variant) {
    private static final int MAX_WORD = 64;

    /** Reads {@code os/architecture[/variant]}. */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("a platform is os/architecture[/variant], not: " + text);
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /** The platform of the machine that this runs on, as Linux. */
    public static Platform host() {
        String arch = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return new Platform(
                "linux",
                switch (arch) {
                    case "x86_64", "amd64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> arch;
                },
                "");
    }

    static Platform fromJson(JsonObject json) throws JsonException {
        return new Platform(
                json.string("os", MAX_WORD),
                json.string("architecture", MAX_WORD),
                json.optionalString("variant", MAX_WORD).orElse(""));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architecture", architecture);
        json.put("os", os);
        if (!variant.isEmpty()) {
            json.put("variant", variant);
        }
        return json;
    }

    /** True if an image for {@code this} is what somebody who asks for {@code wanted} gets. */
    public boolean satisfies(Platform wanted) {
        return os.equals(wanted.os)
                && architecture.equals(wanted.architecture)
                && (wanted.variant.isEmpty() || variant.isEmpty() || wanted.variant.equals(variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
